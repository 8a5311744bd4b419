import type { Category, Question, Visibility } from "./category.ts";
import type { ParentId } from "./parents.ts";

type Row = [id: string, zh: string, en: string, leadKind: string, days: number, options?: Options];
type Options = { assist?: string[]; hours?: number; visibility?: Visibility; ask?: Question[] };

const lampNumber: Question = {
  id: "lampNumber",
  zh: "灯杆上的编号（有的话）",
  en: "Number on the lamp post, if any",
  kind: "text",
  required: false,
};
const howMany: Question = {
  id: "howMany",
  zh: "大约影响多少户？",
  en: "About how many households are affected?",
  kind: "number",
  required: false,
};
const since: Question = { id: "since", zh: "从什么时候开始的？", en: "Since when?", kind: "text", required: false };
const danger: Question = {
  id: "danger",
  zh: "现在有人有危险吗？",
  en: "Is anyone in danger now?",
  kind: "yesNo",
  required: true,
};
const atSea: Question = {
  id: "vessel",
  zh: "船名或船号（有的话）",
  en: "Name or number of the vessel, if any",
  kind: "text",
  required: false,
};
const agreed: Question = {
  id: "agreed",
  zh: "是您自己想请人调解吗？",
  en: "Do you yourself ask for mediation?",
  kind: "yesNo",
  required: true,
};
const route: Question = {
  id: "route",
  zh: "哪条航线、哪一班？",
  en: "Which route and sailing?",
  kind: "text",
  required: false,
};
const prescription: Question = {
  id: "urgency",
  zh: "药还能撑多久？",
  en: "How long will the medicine last?",
  kind: "choice",
  required: true,
  choices: [
    { id: "today", zh: "今天就断", en: "Runs out today" },
    { id: "week", zh: "这几天", en: "A few days" },
    { id: "later", zh: "一周以上", en: "More than a week" },
  ],
};
const closed: Visibility = "parties";

const rows: Record<ParentId, Row[]> = {
  environment: [
    ["litter", "暴露垃圾", "Exposed rubbish", "cityManagement", 2],
    ["streetCleaning", "道路保洁", "Street cleaning", "cityManagement", 2],
    ["floatingDebris", "水域漂浮物", "Floating debris", "cityManagement", 3, { assist: ["water"] }],
    ["publicToilets", "公厕", "Public toilets", "cityManagement", 2],
    ["flyposting", "小广告", "Fly-posting", "cityManagement", 3],
    ["noiseAndFumes", "噪声油烟", "Noise and fumes", "ecology", 5, { assist: ["cityManagement"], ask: [since] }],
  ],
  facilities: [
    ["manholes", "井盖", "Manhole covers", "publicWorks", 1, { ask: [danger] }],
    ["streetLights", "路灯", "Street lights", "publicWorks", 3, { ask: [lampNumber] }],
    ["waterSupply", "供水", "Water supply", "waterCompany", 2, { ask: [howMany] }],
    ["powerSupply", "供电", "Electricity", "powerCompany", 1, { ask: [howMany, danger] }],
    ["gasSupply", "燃气", "Gas", "gasCompany", 1, { ask: [danger] }],
    ["telecommunications", "通信", "Telephone and internet", "telecom", 3],
  ],
  housing: [
    ["propertyManagement", "物业服务", "Property management", "housing", 5],
    ["lifts", "电梯", "Lifts", "marketRegulation", 1, { assist: ["housing"], ask: [danger] }],
    ["illegalBuilding", "违建", "Illegal building", "cityManagement", 5],
    ["leaks", "漏水", "Leaks", "housing", 5, { ask: [since] }],
    ["unsafeBuildings", "危房", "Unsafe buildings", "housing", 2, { assist: ["emergency"], ask: [danger] }],
    ["maintenanceFund", "维修资金", "Maintenance fund", "housing", 5],
  ],
  traffic: [
    ["parking", "停车", "Parking", "trafficPolice", 3],
    ["roadSurface", "路面", "Road surface", "transport", 5, { ask: [danger] }],
    ["buses", "公交", "Buses", "transport", 5],
    ["obstruction", "占道", "Obstructed road", "cityManagement", 2],
    ["signals", "信号标线", "Signals and markings", "trafficPolice", 3],
    ["charging", "充电", "Charging points", "transport", 5],
  ],
  seaTransit: [
    ["sailings", "航班停航", "Cancelled sailings", "shipping", 1, { ask: [route] }],
    ["tickets", "购票候船", "Tickets and waiting", "shipping", 2, { ask: [route] }],
    ["piers", "码头设施", "Piers", "port", 3, { ask: [danger] }],
    ["supplies", "物资运输", "Goods to islands", "transport", 2],
    [
      "medicalTransfer",
      "急病转运",
      "Medical transfer",
      "healthBureau",
      0,
      { hours: 1, assist: ["port", "emergency"], visibility: closed, ask: [danger] },
    ],
    ["bridges", "桥岛通行", "Bridges", "transport", 2],
  ],
  fishery: [
    ["vesselSafety", "渔船安全", "Vessel safety", "fishery", 2, { ask: [atSea, danger] }],
    ["fishingDisputes", "渔事纠纷", "Fishing disputes", "fishery", 5, { visibility: closed, ask: [atSea, agreed] }],
    ["harbour", "渔港秩序", "Harbour order", "fishery", 3],
    ["crewRights", "船员权益", "Crew rights", "humanResources", 5, { assist: ["fishery"], visibility: closed }],
    ["closedSeason", "休渔补助", "Closed-season subsidy", "fishery", 5, { visibility: closed }],
    [
      "missingContact",
      "失联求助",
      "Lost contact at sea",
      "fishery",
      0,
      { hours: 1, assist: ["emergency", "port"], visibility: closed, ask: [atSea, danger] },
    ],
  ],
  disputes: [
    ["neighbours", "邻里", "Neighbours", "justice", 5, { visibility: closed, ask: [agreed] }],
    ["family", "家庭", "Family", "justice", 5, { assist: ["women"], visibility: closed, ask: [agreed] }],
    ["labour", "劳资", "Wages and work", "humanResources", 5, { visibility: closed, ask: [agreed] }],
    ["consumer", "消费", "Consumer", "marketRegulation", 5, { visibility: closed, ask: [agreed] }],
    ["tenancy", "租赁", "Tenancy", "housing", 5, { visibility: closed, ask: [agreed] }],
    ["expropriation", "征迁", "Expropriation", "naturalResources", 5, { visibility: closed, ask: [agreed] }],
  ],
  safety: [
    ["fire", "消防", "Fire safety", "fireRescue", 1, { ask: [danger] }],
    ["gasAndElectric", "用气用电", "Gas and electric hazards", "emergency", 1, { ask: [danger] }],
    ["fallingObjects", "高空坠物", "Falling objects", "housing", 1, { ask: [danger] }],
    ["premises", "经营场所", "Business premises", "emergency", 3],
    [
      "slopesAndSeawalls",
      "地质海塘",
      "Slopes and sea walls",
      "naturalResources",
      2,
      { assist: ["water"], ask: [danger] },
    ],
    ["hazardousGoods", "危化品", "Hazardous goods", "emergency", 1, { ask: [danger] }],
  ],
  care: [
    ["elderly", "独居老人", "Older people alone", "civilAffairs", 2, { visibility: closed }],
    ["disabled", "残疾人", "Disabled people", "disabledFederation", 3, { visibility: closed }],
    ["children", "儿童", "Children", "civilAffairs", 2, { assist: ["women"], visibility: closed }],
    ["hardship", "困难救助", "Hardship", "civilAffairs", 3, { visibility: closed }],
    ["employment", "就业", "Work", "humanResources", 5, { visibility: closed }],
    ["newcomers", "新居民", "New residents", "police", 5, { visibility: closed }],
  ],
  health: [
    ["medicines", "配药", "Medicines", "healthBureau", 1, { visibility: closed, ask: [prescription] }],
    ["clinics", "就诊", "Seeing a doctor", "healthBureau", 3, { visibility: closed }],
    ["chronic", "慢病", "Long-term illness", "healthBureau", 5, { visibility: closed }],
    ["maternity", "孕产", "Maternity", "healthBureau", 2, { assist: ["women"], visibility: closed }],
    ["mentalHealth", "心理", "Someone to talk to", "healthBureau", 1, { visibility: closed }],
    ["prevention", "防疫咨询", "Prevention", "healthBureau", 2],
  ],
  publicService: [
    ["socialInsurance", "社保医保", "Social insurance", "medicalInsurance", 5, { visibility: closed }],
    ["householdRegister", "户籍", "Household register", "police", 5, { visibility: closed }],
    ["education", "教育", "Schools", "education", 5, { visibility: closed }],
    ["certificates", "证明", "Certificates", "serviceCentre", 3, { visibility: closed }],
    ["policies", "政策", "Policies", "serviceCentre", 5],
    ["conduct", "工作作风", "Conduct of officials", "supervision", 5, { visibility: "confidential" }],
  ],
  emergency: [
    ["typhoon", "台风", "Typhoon", "emergency", 0, { hours: 4, ask: [danger] }],
    [
      "floodAndOutage",
      "内涝断水断电",
      "Flooding and outages",
      "emergency",
      0,
      { hours: 4, assist: ["waterCompany", "powerCompany"], ask: [danger, howMany] },
    ],
    [
      "evacuation",
      "转移安置",
      "Evacuation and shelter",
      "emergency",
      0,
      { hours: 2, assist: ["civilAffairs"], visibility: closed, ask: [danger] },
    ],
    ["shortages", "物资短缺", "Shortages", "commerce", 1, { assist: ["emergency"] }],
    ["measures", "措施异议", "Objection to a measure", "emergency", 1],
    [
      "isolationHelp",
      "健康监测求助",
      "Help in isolation",
      "healthBureau",
      0,
      { hours: 4, assist: ["civilAffairs"], visibility: closed },
    ],
  ],
};

function category(parent: ParentId, [id, zh, en, leadKind, days, options = {}]: Row): Category {
  const { assist = [], hours, visibility = "public", ask = [] } = options;
  return {
    id: `${parent}.${id}`,
    version: 1,
    zh,
    en,
    questions: ask,
    promise: hours ? { amount: hours, unit: "hour" } : { amount: days, unit: "workingDay" },
    contactWithin: hours ? { amount: 1, unit: "hour" } : { amount: 1, unit: "workingDay" },
    visibility,
    leadKind,
    assistKinds: assist,
    mapsTo: { open311: `${parent}.${id}` },
  };
}

/** The seed of 12 × 6 categories; a city changes them in its settings, never here. */
export const seedCategories: Category[] = (Object.keys(rows) as ParentId[]).flatMap((parent) =>
  rows[parent].map((row) => category(parent, row)),
);
