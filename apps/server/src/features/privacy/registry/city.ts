import { columns, doer, staff, type DeclaredTables } from "./declare.ts";

export const cityTables: DeclaredTables = {
  cities: { plain: columns("city_id name_zh name_en created_at"), personal: {} },
  areas: {
    plain: columns(
      `city_id id code level parent_code name_zh name_en focus kind indicative geometry centre vessels predecessors valid_from valid_to`,
    ),
    personal: {},
  },
  organisations: {
    plain: columns("city_id id kind name_zh name_en area_codes valid_from valid_to synthetic"),
    personal: {},
  },
  units: { plain: columns("city_id id name_zh name_en kind area_code phone retired_at"), personal: {} },
  settings: {
    plain: columns("city_id kind version document note saved_at"),
    personal: {
      saved_by: doer(),
      saved_name: staff(["保存人", "who saved it"], "accountability", "statutoryDuty", "withRecord"),
    },
  },
  case_shifts: {
    plain: columns("city_id id shift area_code cell unit_ids confidential published queues"),
    personal: {},
  },
  case_tallies: {
    plain:
      columns(`city_id kind audience place cases open new verifying to_dispatch to_accept in_hand to_check objections approvals
      reopenings whistle_calls`),
    personal: {},
  },
  open_releases: { plain: columns("city_id month revision id released_at cells members"), personal: {} },
  monthly_figures: { plain: columns("city_id month id document published_at"), personal: {} },
  secrets: { plain: columns("city_id name value"), personal: {} },
  insight_scans: {
    plain: columns("city_id id purpose first_day last_day since options parts asked_at finished_at looks summary"),
    personal: {},
  },
  insight_scan_parts: { plain: columns("city_id scan_id part days looks seconds"), personal: {} },
  insight_events: {
    plain: columns("city_id id subject type at actor_role data"),
    personal: { actor_id: doer() },
  },
  insight_reports: { plain: columns("city_id id kind first_day last_day made_at document"), personal: {} },
  recurring_issues: { plain: columns("city_id id state month owner_unit published version record"), personal: {} },
  jobs: {
    plain: columns("city_id id kind key payload state due_at tries leased_until worker progress problem ended_at"),
    personal: {},
  },
  episodes: {
    plain: columns(
      "city_id id stream_id state opened_on raised_on finding outcome note owner_unit decided_at issue_id",
    ),
    personal: { decided_by: doer() },
  },
  grid_plans: {
    plain: columns(
      "city_id id area_code name state assignment figures before comments_until answer problem made_at adopted_from",
    ),
    personal: { made_by: doer() },
  },
  grid_plan_comments: {
    plain: columns("city_id id plan_id at by_resident community_code"),
    personal: {
      author: staff(["谁提的意见", "who commented"], "planning", "statutoryDuty", "withRecord"),
      text: staff(["意见", "the comment"], "planning", "statutoryDuty", "withRecord"),
    },
  },
  grid_handovers: {
    plain: columns("city_id plan_id area_code former_codes cases confirmed_at"),
    personal: { confirmed_by: doer() },
  },
  grid_plan_events: { plain: columns("city_id id plan_id type at data"), personal: { actor_id: doer() } },
  grid_handover_cases: { plain: columns("city_id plan_id case_id area_code arrived"), personal: {} },
  grid_handover_confirmations: {
    plain: columns("city_id plan_id area_code at"),
    personal: { person_id: doer() },
  },
  area_households: { plain: columns("city_id code households counted_on synthetic"), personal: {} },
};
