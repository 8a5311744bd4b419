import { columns, doer, resident, staff, type DeclaredTables } from "./declare.ts";

export const oversightTables: DeclaredTables = {
  access_records: {
    plain: columns("city_id id at kind area_code refused ended_at"),
    personal: {
      person_id: staff(["谁看的", "who looked"], "oversight", "statutoryDuty", "accessRecords"),
      role: staff(["岗位", "role"], "oversight", "statutoryDuty", "accessRecords"),
      unit_id: staff(["单位", "unit"], "oversight", "statutoryDuty", "accessRecords"),
      subject: resident(["看的是哪件事", "which matter was looked at"], "oversight", "statutoryDuty", "accessRecords"),
      purpose: staff(["用途", "purpose"], "oversight", "statutoryDuty", "accessRecords"),
      note: staff(["用途的说明", "note on the purpose"], "oversight", "statutoryDuty", "accessRecords"),
    },
  },
  access_reviews: {
    plain: columns("city_id id outcome decided_at"),
    personal: {
      reading: staff(["哪一次异常查看", "which unusual reading"], "oversight", "statutoryDuty", "accessRecords"),
      note: staff(["判断的说明", "note on the decision"], "oversight", "statutoryDuty", "accessRecords"),
      decided_by: doer("accessRecords"),
    },
  },
  data_requests: {
    plain: columns("city_id id kind look_id area_code at due_at outcome decided_at"),
    personal: {
      case_id: resident(["哪件事", "which matter"], "dataRights", "statutoryDuty", "dataRequests"),
      resident_id: resident(["账户", "account"], "dataRights", "statutoryDuty", "residentProfile"),
      text: resident(["请求的原话", "words of the request"], "dataRights", "statutoryDuty", "dataRequests"),
      answer: resident(["答复", "answer"], "dataRights", "statutoryDuty", "dataRequests"),
      decided_by: doer("dataRequests"),
    },
  },
  legal_holds: {
    plain: columns("city_id id kind subject basis placed_at until ended_at"),
    personal: {
      reason: resident(["为什么保留", "why it is kept"], "oversight", "statutoryDuty", "withRecord"),
      end_reason: resident(["为什么结束", "why it ended"], "oversight", "statutoryDuty", "withRecord"),
      placed_by: doer(),
      ended_by: doer(),
    },
  },
  retention_runs: {
    plain: columns("city_id id dry table_version started_at finished_at counts held"),
    personal: { started_by: doer() },
  },
};
