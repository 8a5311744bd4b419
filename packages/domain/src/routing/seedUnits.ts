import type { Unit } from "./rule.ts";

const kinds: Record<string, [zh: string, en: string]> = {
  cityManagement: ["综合行政执法局", "City Management"],
  ecology: ["生态环境分局", "Ecology"],
  publicWorks: ["市政公用中心", "Public Works"],
  waterCompany: ["水务公司", "Water Company"],
  powerCompany: ["供电公司", "Power Company"],
  gasCompany: ["燃气公司", "Gas Company"],
  telecom: ["通信服务中心", "Telecom Service"],
  housing: ["住房和城乡建设局", "Housing"],
  marketRegulation: ["市场监督管理局", "Market Regulation"],
  trafficPolice: ["交警大队", "Traffic Police"],
  transport: ["交通运输局", "Transport"],
  shipping: ["海上客运公司", "Passenger Shipping"],
  port: ["港航事业发展中心", "Ports and Waterways"],
  healthBureau: ["卫生健康局", "Health"],
  emergency: ["应急管理局", "Emergency Management"],
  fishery: ["海洋与渔业局", "Ocean and Fisheries"],
  humanResources: ["人力资源和社会保障局", "Human Resources"],
  justice: ["司法局调解中心", "Justice, Mediation"],
  women: ["妇女联合会", "Women's Federation"],
  naturalResources: ["自然资源和规划局", "Natural Resources"],
  water: ["农业农村和水利局", "Agriculture and Water"],
  fireRescue: ["消防救援大队", "Fire and Rescue"],
  civilAffairs: ["民政局", "Civil Affairs"],
  disabledFederation: ["残疾人联合会", "Disabled Persons' Federation"],
  police: ["公安分局", "Police"],
  medicalInsurance: ["医疗保障局", "Medical Insurance"],
  education: ["教育局", "Education"],
  serviceCentre: ["政务服务中心", "Service Centre"],
  supervision: ["机关效能监督中心", "Supervision"],
  commerce: ["商务局", "Commerce"],
};

const counties: Record<string, [zh: string, en: string]> = {
  "330902": ["定海区", "Dinghai"],
  "330903": ["普陀区", "Putuo"],
  "330921": ["岱山县", "Daishan"],
  "330922": ["嵊泗县", "Shengsi"],
};

/** Units of the demo city: one of each kind in every county. Names are made up from kinds, not taken from a directory. */
export const seedUnits: Unit[] = Object.entries(counties).flatMap(([code, [zh, en]]) =>
  Object.entries(kinds).map(([kind, [name, english]]) => ({
    id: `${code}-${kind}`,
    zh: `${zh}${name}`,
    en: `${en} ${english}`,
    kind,
    areaCode: `${code}000000`,
  })),
);
