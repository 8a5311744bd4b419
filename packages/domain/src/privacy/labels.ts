import type { Role } from "../access/role.ts";
import type { LookPurpose } from "./look.ts";
import type { RequestKind, RequestOutcome } from "./request.ts";
import type { RetentionKey } from "./retention.ts";
import type { UnusualKind } from "./unusual.ts";

type Labels = {
  role: Record<Role, string>;
  purpose: Record<LookPurpose, string>;
  unusual: Record<UnusualKind, string>;
  request: Record<RequestKind, string>;
  outcome: Record<RequestOutcome, string>;
  retention: Record<RetentionKey, { name: string; what: string }>;
};

const zh: Labels = {
  role: {
    resident: "居民",
    gridWorker: "网格员",
    gridLeader: "网格长",
    gridAdvisor: "网格指导员",
    volunteer: "志愿者",
    socialOrg: "社会组织",
    intakeClerk: "受理员",
    filingOfficer: "立案员",
    dispatcher: "派遣员",
    unitHandler: "承办人",
    checker: "核查员",
    evaluator: "第三方评估员",
    emergencyAuthority: "应急指挥",
    privacyOfficer: "个人信息保护负责人",
    auditor: "审计员",
    cityAdmin: "管理员",
  },
  purpose: {
    contact: "联系本人办理",
    verify: "核实情况",
    followUp: "回访",
    urgent: "紧急救助",
    dataRequest: "办理本人的资料请求",
    legal: "依法调取",
    other: "其他",
  },
  unusual: {
    manyPersons: "一天看了很多人",
    outOfScope: "想看范围以外的",
    night: "夜里查看",
    endedMatter: "看早已办结的",
  },
  request: { access: "要一份我的资料", correction: "更正", deletion: "删除", objection: "反对一次查看" },
  outcome: { granted: "照办", partly: "部分照办", declined: "没有照办" },
  retention: {
    caseIdentity: {
      name: "案件里的身份",
      what: "结案后，姓名、电话、原话、照片和准确位置去掉；案件只留下类别、区域、日期和经过。",
    },
    caseFile: { name: "案件档案", what: "结案后，整份档案销毁；公开记录里的每一笔还在，但没有人再能打开。" },
    emergencyData: { name: "应急期间的个人资料", what: "应急结束后销毁。" },
    visitNotes: { name: "走访记录", what: "写下之后销毁。" },
    chatExtracts: { name: "群聊摘录", what: "整理成事项之后，摘录销毁。" },
    residentProfile: { name: "居民账户", what: "本人注销后销毁。" },
    ratingLink: { name: "评价与人的关联", what: "评价之后断开：评价留着，不再知道是谁评的。" },
    accessRecords: { name: "查看记录", what: "谁看过谁的资料，到期销毁。" },
    dataRequests: { name: "资料请求", what: "答复之后销毁。" },
    unusedPhotos: { name: "没有用上的照片", what: "传上来却没有提交的照片删除。" },
    signIn: { name: "登录用的", what: "过期的登录、验证码清掉。" },
    commands: { name: "操作编号", what: "用来认出重复提交，到期清掉。" },
  },
};

const en: Labels = {
  role: {
    resident: "resident",
    gridWorker: "grid worker",
    gridLeader: "grid leader",
    gridAdvisor: "grid advisor",
    volunteer: "volunteer",
    socialOrg: "social organisation",
    intakeClerk: "intake clerk",
    filingOfficer: "filing officer",
    dispatcher: "dispatcher",
    unitHandler: "handler of the unit",
    checker: "checker",
    evaluator: "independent evaluator",
    emergencyAuthority: "emergency authority",
    privacyOfficer: "privacy officer",
    auditor: "auditor",
    cityAdmin: "administrator",
  },
  purpose: {
    contact: "to contact the person about it",
    verify: "to verify what was said",
    followUp: "to ask how it went",
    urgent: "urgent help",
    dataRequest: "to answer the person's own request",
    legal: "required by law",
    other: "other",
  },
  unusual: {
    manyPersons: "Many persons in a day",
    outOfScope: "Tried outside the own area",
    night: "At night",
    endedMatter: "A matter that ended long ago",
  },
  request: {
    access: "A copy of my data",
    correction: "Correction",
    deletion: "Deletion",
    objection: "Objection to a look",
  },
  outcome: { granted: "done", partly: "done in part", declined: "not done" },
  retention: {
    caseIdentity: {
      name: "Identity in a case",
      what: "After closing, name, number, the person's words, photos and the exact place go; category, area, dates and steps stay.",
    },
    caseFile: {
      name: "Case file",
      what: "After closing, the whole file is destroyed; its lines in the public record stay, and nobody can open them any more.",
    },
    emergencyData: { name: "Personal data of an emergency", what: "Destroyed when the emergency has ended." },
    visitNotes: { name: "Visit notes", what: "Destroyed after they were written." },
    chatExtracts: { name: "Chat extracts", what: "Destroyed once they were turned into items." },
    residentProfile: { name: "Resident's account", what: "Destroyed after the person has left." },
    ratingLink: {
      name: "Link from a rating to a person",
      what: "Cut after the rating: the rating stays, whose it is does not.",
    },
    accessRecords: { name: "Access record", what: "Who looked at whose data; destroyed when its time is up." },
    dataRequests: { name: "Requests about own data", what: "Destroyed after they were answered." },
    unusedPhotos: { name: "Photos never used", what: "Photos that were sent but not submitted are deleted." },
    signIn: { name: "Signing in", what: "Sessions and codes that have run out are cleared away." },
    commands: {
      name: "Numbers of commands",
      what: "They recognise what is sent twice; cleared when their time is up.",
    },
  },
};

export const privacyLabels = { zh, en };
