import { columns, doer, resident, staff, type DeclaredTables } from "./declare.ts";

export const visitTables: DeclaredTables = {
  visits: {
    plain: columns("city_id id area_code state due_on visited_on conflicts version updated_at"),
    personal: {
      document: resident(
        ["门牌和同意记下的需要", "the door, and the needs that they agreed to have noted"],
        "fieldWork",
        "consent",
        "visitNotes",
      ),
      made_by: doer("visitNotes"),
    },
  },
  visit_events: {
    plain: columns("city_id id visit_id type at data"),
    personal: { actor_id: doer() },
  },
  recordings: {
    plain: columns("city_id id case_id media_type bytes sha256 kept_at"),
    personal: {
      owner: resident(
        ["谁录的话（录音在文件里）", "who recorded it (the recording is a file)"],
        "handling",
        "consent",
        "caseIdentity",
      ),
    },
  },
  phones: {
    plain: columns("city_id id session_id name registered_at leave_asked_at left_at"),
    personal: {
      person_id: staff(["谁的手机", "whose phone"], "fieldWork", "employment", "employment"),
      seen_at: staff(
        ["上次联系，丢了好找得到、清得掉", "last contact, so that a lost one can be found and emptied"],
        "fieldWork",
        "employment",
        "employment",
      ),
      leave_asked_by: doer("employment"),
    },
  },
};
