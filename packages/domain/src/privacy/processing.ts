import type { RetentionKey } from "./retention.ts";

/** Whose data it is. */
export type Concerned = "resident" | "staff";

/** Why personal data is processed at all: each column of the database that holds any names one. */
export const processingPurposes = [
  "handling",
  "contact",
  "rating",
  "account",
  "dataRights",
  "oversight",
  "accountability",
  "staffSignIn",
  "fieldWork",
  "connections",
  "planning",
] as const;
export type ProcessingPurpose = (typeof processingPurposes)[number];

/** Lawful bases (Personal Information Protection Law, article 13). */
export const lawfulBases = ["statutoryDuty", "consent", "emergency", "employment"] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** How long: by the retention table, as long as somebody is in post, or with the record that it stands in. */
export type KeptFor = RetentionKey | "employment" | "withRecord";

/** What a column of personal data declares. */
export type PersonalColumn = {
  of: Concerned;
  zh: string;
  en: string;
  purpose: ProcessingPurpose;
  basis: LawfulBasis;
  kept: KeptFor;
};

type Assessed = { name: string; necessity: string; risk: string; safeguards: string };

const zh: Record<ProcessingPurpose, Assessed> = {
  handling: {
    name: "办理诉求",
    necessity: "不知道是什么事、在哪里，就没法办。",
    risk: "原话、照片和位置可能让人认出是谁；流出去会带来打扰或报复。",
    safeguards: "只给管这片、办这件事的人看；号码默认遮住；照片去掉拍摄信息；公开的先审、位置放粗；结案一年去掉身份。",
  },
  contact: {
    name: "联系本人",
    necessity: "承办单位要问清情况、告诉结果。可以不留，也能办。",
    risk: "被用来打骚扰电话，或者把一个人反映的事凑在一起。",
    safeguards: "单独存放、默认遮住；看一次要说明用途、记一笔、本人看得见、可以反对；批量导出不提供。",
  },
  rating: {
    name: "评价",
    necessity: "办得好不好由居民说了算。",
    risk: "单位知道是谁评的，可能去找评价人。",
    safeguards: "评价后 180 天断开和人的关联；单位不得为分数联系评价人；数字只给合计。",
  },
  account: {
    name: "居民账户",
    necessity: "想一次看到自己所有的事，需要认得是同一个人。不登录也能反映。",
    risk: "把一个人的事连起来看。",
    safeguards: "只有手机号；工作台看不到账户；注销后 90 天销毁。",
  },
  dataRights: {
    name: "本人的资料权利",
    necessity: "查阅、更正、删除、反对，都要记下并按期答复。",
    risk: "请求本身也说出了一些事。",
    safeguards: "只有个人信息保护负责人和审计看得到；答复三年后销毁；身份去掉时原话一起去掉。",
  },
  oversight: {
    name: "查看的监督",
    necessity: "谁看过谁的资料，本人有权知道；滥用要能发现。",
    risk: "记录本身能说出谁在办谁的事。",
    safeguards: "只能添加、不能改；本人看到岗位和单位，看不到姓名；三年后销毁。",
  },
  accountability: {
    name: "办事留痕",
    necessity: "谁、什么时候、为什么做了这一步，要说得清。",
    risk: "被拿来数人头、比快慢。",
    safeguards: "不做排名、不计在线时长；对居民只显示岗位和单位。",
  },
  staffSignIn: {
    name: "工作人员登录",
    necessity: "只有该看的人才能进来。",
    risk: "密码、密钥被偷。",
    safeguards: "密码用 argon2id，令牌只存摘要，支持通行密钥；会话到期清掉。",
  },
  fieldWork: {
    name: "外出离线工作",
    necessity: "海岛上没有网也要能办事，回来补传。",
    risk: "手机上的资料丢失；被用来看人在哪里。",
    safeguards: "手机只放本网格在办的；不采集人的位置，只有案件的位置；联系时间只用来发现没传上来的。",
  },
  connections: {
    name: "系统对接",
    necessity: "热线和别的系统送来的事要知道从哪里来。",
    risk: "对方拿到不该拿的。",
    safeguards: "按密钥只看自己送来的；公开前不给原话、位置和照片。",
  },
  planning: {
    name: "网格规划征求意见",
    necessity: "方案要有人提意见，要知道是谁定的。",
    risk: "提意见的人被记住。",
    safeguards: "只有参与规划的人看得到。",
  },
};

const en: Record<ProcessingPurpose, Assessed> = {
  handling: {
    name: "Handling what people report",
    necessity: "Nothing can be done without knowing what it is and where.",
    risk: "Words, photos and the place may tell who it is; a leak brings annoyance or revenge.",
    safeguards:
      "Only for those whose area or work it is; numbers masked; photos lose their metadata; published only after moderation and with a coarse place; no identity a year after closing.",
  },
  contact: {
    name: "Reaching the person",
    necessity: "A unit asks back and tells the outcome. It works without, too.",
    risk: "Unwanted calls, or putting together what one person reported.",
    safeguards:
      "Kept apart and masked; each look states a purpose, is recorded, visible to the person and open to objection; no bulk export.",
  },
  rating: {
    name: "Ratings",
    necessity: "Residents decide whether it was done well.",
    risk: "A unit that knows who rated may go after that person.",
    safeguards:
      "The link to the person is cut after 180 days; nobody may contact raters about a score; only sums are shown.",
  },
  account: {
    name: "Resident's account",
    necessity: "To see all own reports at once. Reporting works without an account.",
    risk: "Joining what one person reported.",
    safeguards: "A number only; the desk does not see accounts; destroyed 90 days after leaving.",
  },
  dataRights: {
    name: "Rights over own data",
    necessity: "Access, correction, deletion and objection are recorded and answered in time.",
    risk: "A request tells something by itself.",
    safeguards:
      "Seen by the privacy officer and auditors only; destroyed three years after the answer; its words go with the identity.",
  },
  oversight: {
    name: "Watching who looks",
    necessity: "People may know who looked at their data; misuse has to be found.",
    risk: "The record tells who works on whose matter.",
    safeguards: "Can be added to, never changed; the person sees role and unit, no name; destroyed after three years.",
  },
  accountability: {
    name: "Who did what",
    necessity: "Each step says who, when and why.",
    risk: "Counting and comparing people.",
    safeguards: "No rankings, no time online; residents see role and unit only.",
  },
  staffSignIn: {
    name: "Staff signing in",
    necessity: "Only those who may come in.",
    risk: "Stolen passwords or keys.",
    safeguards: "argon2id, tokens kept as digests, passkeys; sessions are cleared when they run out.",
  },
  fieldWork: {
    name: "Working offline",
    necessity: "Work on islands goes on without a network and arrives later.",
    risk: "A lost phone; being used to see where somebody is.",
    safeguards:
      "A phone holds open work of its grid only; no position of people is taken, only of cases; the last contact only shows what has not arrived.",
  },
  connections: {
    name: "Connected systems",
    necessity: "It has to be known which system brought a request.",
    risk: "A system gets what is not its own.",
    safeguards: "A key sees what it brought; no words, place or photos before publication.",
  },
  planning: {
    name: "Comments on grid plans",
    necessity: "Plans are commented on, and somebody decides.",
    risk: "Who commented is remembered.",
    safeguards: "Seen by those who plan.",
  },
};

export const processingTexts = { zh, en };

export const basisTexts: Record<"zh" | "en", Record<LawfulBasis, string>> = {
  zh: {
    statutoryDuty: "履行法定职责（个保法第十三条第三项）",
    consent: "本人同意（第一项）",
    emergency: "应对突发事件（第四项）",
    employment: "人力资源管理（第二项）",
  },
  en: {
    statutoryDuty: "statutory duty (PIPL art. 13 no. 3)",
    consent: "consent (no. 1)",
    emergency: "emergency (no. 4)",
    employment: "employment (no. 2)",
  },
};
