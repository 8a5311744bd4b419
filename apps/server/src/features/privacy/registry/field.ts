import { columns, resident, staff, type DeclaredTables } from "./declare.ts";

export const fieldTables: DeclaredTables = {
  sync_branches: {
    plain: columns("city_id id next drift_ms"),
    personal: {
      worker: staff(["谁的手机", "whose phone"], "fieldWork", "employment", "employment"),
      seen_at: staff(
        ["上次联系，用来发现没传上来的", "last contact, to notice what has not arrived"],
        "fieldWork",
        "employment",
        "employment",
      ),
    },
  },
  sync_commands: {
    plain: columns("city_id id branch sequence fingerprint heard held_until"),
    personal: {
      worker: staff(["谁提交的", "who sent it"], "fieldWork", "employment", "employment"),
      answer: staff(["答复", "the answer"], "fieldWork", "employment", "employment"),
      held: resident(
        ["等前一步的内容，办完即清", "what waits for the step before; cleared once done"],
        "fieldWork",
        "statutoryDuty",
        "commands",
      ),
    },
  },
  sync_slots: { plain: columns("city_id branch sequence command_id"), personal: {} },
  sync_changes: { plain: columns("city_id kind record_id position version reached"), personal: {} },
  sync_runs: { plain: columns("city_id id last at"), personal: {} },
  sync_uploads: {
    plain: columns("city_id id case_id bytes sha256 received pieces created_at kept_at refused medium"),
    personal: { owner: staff(["谁传的", "who sent it"], "fieldWork", "employment", "employment") },
  },
};
