import { columns, doer, resident, type DeclaredTables } from "./declare.ts";

const words = ["原话、照片编号、答复", "words, photos, answers"] as const;

export const caseTables: DeclaredTables = {
  cases: {
    plain:
      columns(`city_id id number state kind category_id area_code grid_id lead_unit unit_ids channel visibility published synthetic marks
      reported_at due_at soon_at closed_at updated_at version identity_removed settled_at`),
    personal: {
      location: resident(["事情的位置", "where it is"], "handling", "statutoryDuty", "caseIdentity"),
      cell: resident(["位置所在的方格", "cell of the place"], "handling", "statutoryDuty", "caseIdentity"),
      resident_id: resident(["账户", "account"], "account", "consent", "ratingLink"),
      filed_by: doer("caseFile"),
      search: resident(["原话里的词", "words of the text"], "handling", "statutoryDuty", "caseIdentity"),
      record: [
        resident(words, "handling", "statutoryDuty", "caseIdentity"),
        resident(["评价和说的话", "the rating and its words"], "rating", "statutoryDuty", "ratingLink"),
      ],
    },
  },
  case_reporters: {
    plain: columns("city_id case_id"),
    personal: {
      reporter: resident(
        ["姓名、电话、住址、怎么联系", "name, number, address, how to reach"],
        "contact",
        "consent",
        "caseIdentity",
      ),
    },
  },
  work_orders: {
    plain: columns(
      "city_id id case_id unit_id part state dispatched_at due_at contact_due_at contacted_at responded_at paused_since",
    ),
    personal: {},
  },
  case_events: {
    plain: columns("city_id id case_id type at actor_role unit_id visible"),
    personal: {
      actor_id: doer("caseFile"),
      data: resident(words, "handling", "statutoryDuty", "caseIdentity"),
    },
  },
  commands: {
    plain: columns("city_id id type fingerprint client_at at"),
    personal: {
      actor_id: resident(["谁提交的", "who sent it"], "handling", "statutoryDuty", "commands"),
      answer: resident(["案件编号", "number of the case"], "handling", "statutoryDuty", "commands"),
    },
  },
  photos: {
    plain: columns("city_id id case_id bytes width height sha256 created_at"),
    personal: {
      owner: resident(
        ["谁传的照片（照片在文件里）", "who sent the photo (the photo is a file)"],
        "handling",
        "consent",
        "caseIdentity",
      ),
    },
  },
  file_removals: { plain: columns("city_id name asked_at"), personal: {} },
  outbox: {
    plain: columns("city_id id at topic"),
    personal: {
      payload: resident(
        ["要告诉谁什么，办完即删", "what to tell whom; gone once done"],
        "contact",
        "statutoryDuty",
        "commands",
      ),
    },
  },
  case_days: {
    plain: columns("city_id area_code category_id day reported closed resolved not_resolved outside_hours separate"),
    personal: {},
  },
  ledger_leaves: {
    plain: columns("city_id id seq subject kind at commitment"),
    personal: {
      salt: resident(["打开一笔的钥匙", "what opens a line"], "oversight", "statutoryDuty", "caseFile"),
      data: resident(["公开事实（不含原话）", "public facts without words"], "oversight", "statutoryDuty", "caseFile"),
      words: resident(["原话和各自的钥匙", "words and what opens them"], "oversight", "statutoryDuty", "caseIdentity"),
    },
  },
  ledger_tiles: { plain: columns("city_id level index width bytes"), personal: {} },
  ledger_checkpoints: { plain: columns("city_id size root note at"), personal: {} },
  ledger_cosignatures: { plain: columns("city_id size witness line at"), personal: {} },
};
