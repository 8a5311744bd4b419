import { caseLabels } from "../case/labels.ts";
import type { CommandType } from "../case/command.ts";
import type { CaseState } from "../case/state.ts";
import { explainProblem, type RowProblem } from "../settings/problem.ts";
import { issueLabels } from "../issue/labels.ts";
import type { IssueState } from "../issue/recurringIssue.ts";
import type { ErrorCode, ErrorParams, Language } from "./catalogue.ts";

type Texts = Record<ErrorCode, (params: ErrorParams) => string>;

function possible(params: ErrorParams, language: Language): string {
  const commands = params.possible as readonly CommandType[];
  const none = language === "zh" ? "无" : "none";
  return commands.map((command) => caseLabels[language].command[command]).join(language === "zh" ? "、" : ", ") || none;
}

const stateOf = (params: ErrorParams, language: Language): string =>
  caseLabels[language].state[params.state as CaseState];

function rows(params: ErrorParams, language: Language): string {
  const problems = params.problems as readonly RowProblem[];
  const said = problems.slice(0, 5).map((problem) => explainProblem(problem, language));
  const more = problems.length - said.length;
  if (language === "zh") return said.join("；") + (more > 0 ? `；还有 ${more} 处` : "");
  return said.join("; ") + (more > 0 ? `; and ${more} more` : "");
}
const planState: Record<Language, Record<string, string>> = {
  zh: { draft: "草案", shared: "征求意见", decided: "已决定", adopted: "已采用", withdrawn: "已撤回" },
  en: { draft: "a draft", shared: "open for comment", decided: "decided", adopted: "adopted", withdrawn: "withdrawn" },
};

/** What a step waits for, by the step. */
const needed: Record<Language, Record<string, string>> = {
  zh: {
    add: "请写一句要补充什么",
    rate: "请先选“解决了”或“没有解决”，再选满意程度",
    reopen: "请写一句哪里没有解决",
    withdraw: "请写一句为什么撤回",
    kind: "请选一种请求",
  },
  en: {
    add: "Please write what you want to add",
    rate: "Please choose whether it is resolved, and how satisfied you are",
    reopen: "Please write what is not resolved",
    withdraw: "Please write why you withdraw it",
    kind: "Please choose a kind of request",
  },
};

const zh: Texts = {
  malformedJson: () => "内容不是完整的 JSON，没有保存任何东西。请检查后重新发送。",
  malformedForm: () => "表单没有传完整，没有保存任何东西。请检查网络后再提交一次。",
  invalidInput: (p) => `“${p.field}”填得不对（${p.problem}）。请改正这一项后再提交。`,
  unsupportedMedia: () => "不支持这种内容格式。请用 JSON 或表单提交。",
  unusablePhoto: () => "这个文件不能当照片用（打不开、太大或不是图片）。文字不受影响，请换一张照片。",
  unusableRecording: () => "这个文件不是录音，没有收下。写的字不受影响，请再录一次。",
  tooLarge: () => "文件太大了，没有保存。照片请控制在 10 MB 以内。",
  tooManyRequests: () => "请求太频繁，请过一分钟再试。",
  signInNeeded: () => "请先登录。",
  wrongSignIn: () => "用户名或密码不对。",
  secondFactorNeeded: () => "请输入动态验证码。",
  wrongCode: () => "验证码不对或已过期，请重新获取。",
  codesTooOften: () => "一小时里已经发过几次验证码。请用最后收到的那一个，或过一小时再试。",
  passwordTriesOver: () => "这个用户名连着输错太多次，先锁上十分钟。可以用通行密钥登录，或者等一等。",
  newPasswordNeeded: () => "这是别人替您设的密码，只能用来换成您自己的。请在下面设新密码。",
  weakPassword: (p) => `新密码至少 ${p.least} 位，不能含用户名，也不能是常见的或重复的。请换一个。`,
  notAllowed: () => "您的岗位没有这项权限。如有需要，请联系管理员。",
  forgedForm: () => "页面已过期，没有提交。请刷新页面后再试。",
  outOfScope: () => "这件事不在您负责的范围内。",
  ownRights: () => "谁也不能给自己加减权限。请另一位管理员来做。",
  lastAdministrator: () => "这是全市最后一位管理员，不能去掉。请先加一位。",
  wrongReach: () => "权限要有范围：承办人员选一个单位，其他岗位选一个区域。",
  loginTaken: (p) => `用户名“${p.login}”已经有人用了，请换一个。`,
  notFound: () => "没有找到。它可能已移走，或编号有误。",
  linkExpired: () => "链接已过期。您可以用编号继续查询。",
  idUsedDifferently: () => "同一编号的操作此前已提交过不同内容，这次没有执行。请重新操作。",
  changedMeanwhile: () => "这件事刚刚被别人更新过，您的操作没有执行。请刷新后再看。",
  notPossibleNow: (p) => `现在的状态是“${stateOf(p, "zh")}”，不能做这一步。可以做的是：${possible(p, "zh")}。`,
  sameUnit: () => "这一步要由承办单位以外的人来做。",
  alreadyDecided: () => "已经裁定过，不能再次提出。",
  reasonNeeded: (p) => `${needed.zh[String(p.what)] ?? "请写明原因"}。您填的都还在。`,
  textTooLong: (p) => `写得太长了，最多 ${p.most} 个字。您写的都还在，请删短一些。`,
  consentNeeded: () => "要他们同意，才能记需要什么。没有同意的，请把需要去掉。",
  unknownCategory: () => "没有这个类别，请重新选择。",
  unknownUnit: (p) => `没有“${p.unit}”这个单位，请重新选择。`,
  unknownArea: (p) => `没有“${p.area}”这个区域。`,
  placeOutside: (p) => `这个位置不在${p.city}范围内。请重新标注，或选择“说不清位置”。`,
  timeImplausible: () => "时间不合理，请检查手机的日期。内容没有丢失。",
  ratingClosed: () => "评价期（结案后 14 天）已过，或这件事还没有办结。您可以重新反映。",
  mergeWithItself: () => "不能并入它自己，也不能并入已并入别处的案件。",
  undoTooLate: () => "已经不能撤销：超过十分钟，或后面已有新的操作。",
  contactFirst: () => "请先联系居民，再提交办理结果。",
  objectionOpen: () => "派单异议还没有裁定。请先等派遣台裁定，再接单。",
  notLater: () => "申请的期限要晚于现在的期限。请改一个更晚的日期。",
  unitAlreadyWorks: (p) => `“${p.unit}”已经有这件事的工单，不必再加。`,
  unusableRows: (p) => `没有保存，请先改好：${rows(p, "zh")}。`,
  unusablePlan: () => "这样分不成网格：有的块连不起来，或者数目不合适。请换个数目，或者把挪动的块放回去。",
  planBreaksCover: (p) => `这个方案会让 ${p.place} 有空白或重叠，不能采用。草案还在，请改好再试。`,
  planNotShared: () => "方案要先公开征求意见，才能采用。",
  purposeNeeded: () => "请写清为什么要看：本人会看到这句话。资料没有打开。",
  ownReading: () => "这是您自己的查看，要由别人来看。",
  onHold: (p) => `这份资料依法要保留到 ${p.until}（${p.basis}），现在不能去掉。到期后会自动去掉。`,
  requestOpen: () => "同样的请求已经在办，不用再提。答复期限没有变。",
  dryRunFirst: () => "要先试算一次、看过会去掉什么（一天之内、同一版期限表），才能执行。没有删除任何东西。",
  issueNotNow: (p) => `这道题现在是“${issueLabels.zh[p.state as IssueState]}”，不能做这一步。请刷新后再看。`,
  partsOpen: () => "分工还没有定好，或还有没做完的。请先补齐每一项，再报请核查。",
  territoryUnusable: (p) => `这些文件不能生效（${p.problem}）。现有区划没有变。请改好后再导入。`,
  territoryHasFaults: (p) =>
    `导入后会有 ${p.faults} 处问题（如 ${p.place}），没有生效。请先改正；确实要先用，请勾选“有问题也导入”。`,
  planTooEarly: (p) => `要等征求意见结束才能换新网格，最早从 ${p.day} 起。草案没有变，请改个日期。`,
  planStateChanged: (p) =>
    `这个方案现在是“${planState.zh[p.state as string] ?? p.state}”，这一步做不了。请刷新看看最新的。`,
  commentDayOutOfRange: (p) => `征求意见的最后一天要在 ${p.today} 到 ${p.last} 之间。草案没有变，请改个日期。`,
  commentsUnanswered: (p) => `收到了 ${p.count} 条意见，请先写明采纳了什么、没采纳的为什么，再采用。`,
  commentsClosed: (p) => `征求意见已在 ${p.day} 结束，这条没有收下。`,
  databaseUnavailable: () => "系统暂时连不上数据库，这次没有保存。请稍后再试。",
  storageFull: () => "存储空间已满，这次没有保存。请联系系统管理员。",
  internal: () => "系统出错了，这次没有保存。请稍后再试；如果还不行，请把请求编号告诉管理员。",
};

const en: Texts = {
  malformedJson: () => "This is not complete JSON; nothing was saved. Check it and send it again.",
  malformedForm: () => "The form did not arrive whole; nothing was saved. Check the connection and submit it again.",
  invalidInput: (p) => `“${p.field}” is not right (${p.problem}). Correct it and submit again.`,
  unsupportedMedia: () => "This format is not supported. Send JSON or a form.",
  unusablePhoto: () =>
    "This file cannot be used as a photo (unreadable, too large, or no picture). Your text is kept; choose another photo.",
  unusableRecording: () => "This file is no recording and was not taken. Your text is kept; record it again.",
  tooLarge: () => "The file is too large and was not saved. Photos may have up to 10 MB.",
  tooManyRequests: () => "Too many requests. Try again in a minute.",
  signInNeeded: () => "Please sign in first.",
  wrongSignIn: () => "The user name or password is not right.",
  secondFactorNeeded: () => "Enter the code from your authenticator.",
  wrongCode: () => "The code is wrong or has expired. Ask for a new one.",
  codesTooOften: () =>
    "Several codes were sent within the hour. Use the last one you received, or try again in an hour.",
  passwordTriesOver: () =>
    "Too many wrong passwords for this user name; it is locked for ten minutes. Use a passkey, or wait.",
  newPasswordNeeded: () =>
    "Someone else chose this password; it can only be used to set your own. Choose a new one below.",
  weakPassword: (p) =>
    `A new password has at least ${p.least} characters, does not contain the user name, and is not a common or repeated one.`,
  notAllowed: () => "Your role does not include this. Ask an administrator if you need it.",
  forgedForm: () => "The page is out of date and nothing was submitted. Reload it and try again.",
  outOfScope: () => "This is outside the area or unit you look after.",
  ownRights: () => "Nobody gives or takes rights of his own. Ask another administrator.",
  lastAdministrator: () => "This is the last administrator of the city. Add another one first.",
  wrongReach: () => "A right needs a reach: a unit for a unit's handler, an area for every other role.",
  loginTaken: (p) => `The user name “${p.login}” is taken. Choose another.`,
  notFound: () => "Not found. It may have moved, or the number is wrong.",
  linkExpired: () => "This link has expired. You can still look it up by its number.",
  idUsedDifferently: () =>
    "A different command was already sent under this id, so this one was not carried out. Start again.",
  changedMeanwhile: () => "Someone has just changed this case; your step was not carried out. Reload and look again.",
  notPossibleNow: (p) =>
    `It is now “${stateOf(p, "en")}”, so this step is not possible. Possible are: ${possible(p, "en")}.`,
  sameUnit: () => "This step belongs to someone outside the handling unit.",
  alreadyDecided: () => "This was already decided and cannot be raised again.",
  reasonNeeded: (p) =>
    `${needed.en[String(p.what)] ?? "Please give a reason"}. Everything you filled in is still there.`,
  textTooLong: (p) => `This is too long: up to ${p.most} characters. Nothing was cut; please shorten it.`,
  consentNeeded: () => "Needs are noted only of those who agreed. Take the needs out, or ask whether they agree.",
  unknownCategory: () => "There is no such category. Choose another.",
  unknownUnit: (p) => `There is no unit “${p.unit}”. Choose another.`,
  unknownArea: (p) => `There is no area “${p.area}”.`,
  placeOutside: (p) => `This place is outside ${p.city}. Move the pin, or choose “I can't say where”.`,
  timeImplausible: () => "The time is not plausible. Check the date on the phone; nothing you wrote is lost.",
  ratingClosed: () =>
    "The rating period (14 days after closing) is over, or the case is not closed. You can report again.",
  mergeWithItself: () => "A case cannot be merged into itself or into one that is merged elsewhere.",
  undoTooLate: () => "This can no longer be undone: ten minutes have passed, or something was built on it.",
  contactFirst: () => "Contact the resident before you submit a result.",
  objectionOpen: () => "The objection is not decided yet. Wait for the dispatch desk, then accept.",
  notLater: () => "An extension must end later than the present promise. Choose a later day.",
  unitAlreadyWorks: (p) => `“${p.unit}” already has a work order for this case.`,
  unusableRows: (p) => `Not saved; first mend: ${rows(p, "en")}.`,
  unusablePlan: (p) => `Grids cannot be made like this: ${p.problem}. Change the number, or put the moved blocks back.`,
  planBreaksCover: (p) =>
    `This plan would leave a gap or an overlap at ${p.place}, so it cannot be adopted. The draft is kept.`,
  planNotShared: () => "A plan is shared for comment before it is adopted.",
  purposeNeeded: () => "Say why you need to look: the person will read it. Nothing was shown.",
  ownReading: () => "This is your own reading; somebody else has to look at it.",
  onHold: (p) =>
    `By law this is kept until ${p.until} (${p.basis}) and cannot be removed now. It will go by itself after that day.`,
  requestOpen: () => "The same request is already being worked on; its day of answer has not changed.",
  dryRunFirst: () =>
    "First do a dry run and look at what would go (within a day, under the same table). Nothing was removed.",
  issueNotNow: (p) =>
    `This problem is now “${issueLabels.en[p.state as IssueState]}”, so the step is not possible. Reload and look again.`,
  partsOpen: () =>
    "There are no responsibilities yet, or some are not done. Complete them before you submit the result.",
  territoryUnusable: (p) =>
    `These files cannot come into force (${p.problem}). The territory is unchanged; correct them and import again.`,
  territoryHasFaults: (p) =>
    `There would be ${p.faults} faults (${p.place} for one), so nothing came into force. Correct them, or tick “import all the same”.`,
  planTooEarly: (p) =>
    `New grids begin only after the last day for comments: from ${p.day} at the earliest. The plan is unchanged; choose another day.`,
  planStateChanged: (p) =>
    `This plan is ${planState.en[p.state as string] ?? p.state} by now, so that is not possible. Reload to see how it stands.`,
  commentDayOutOfRange: (p) =>
    `The last day for comments must be from ${p.today} to ${p.last}. The plan is unchanged; choose another day.`,
  commentsUnanswered: (p) =>
    `There are ${p.count} comments. Say what was taken up, and why the rest was not, before you adopt the plan.`,
  commentsClosed: (p) => `Comments closed on ${p.day}; this one was not taken in.`,
  databaseUnavailable: () => "The database cannot be reached just now; this was not saved. Try again shortly.",
  storageFull: () => "Storage is full; this was not saved. Tell the system's operator.",
  internal: () =>
    "Something went wrong on our side and this was not saved. Try again; if it persists, give the request number to the administrator.",
};

export const texts: Record<Language, Texts> = { zh, en };
