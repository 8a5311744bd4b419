import { useContext } from "react";
import { LanguageContext } from "../language.tsx";

const zh = {
  title: "手机与走访",
  visits: "走访",
  conflicts: "两个人写得不一样",
  noConflicts: "没有要选的。",
  due: "要走访的",
  visited: "走访过的",
  none: "没有。",
  said: (who: string, when: string) => `${who}，${when}`,
  choose: "用这个",
  chosen: "选好了，各人手机下次连上就一致。",
  yes: "是",
  no: "不是",
  somebody: "同事",
  phones: "在用的手机",
  phonesWhy: "手机丢了，在这里退出：账号立刻失效，手机下次连上就自己清空。清空前没发的会丢，能先联系上人的先请他发完。",
  seen: (when: string) => `上次连上 ${when}`,
  signOut: "退出并清空",
  sure: (who: string) => `${who} 这台手机会清空，没发的找不回来。确定吗？`,
  asked: "已要求清空，等它连上",
  left: (when: string) => `${when} 已清空`,
  file: "收进手机存的文件",
  fileWhy: "手机发不出去时，网格员把没发的存成文件带来，用自己的账号登录这里收进去。手机以后连上再发一遍也不会重复。",
  chooseFile: "选文件",
  pin: "存文件那台手机的 6 位密码",
  take: "收进来",
  taking: "正在收…",
  notYours: (login: string) => `这是 ${login} 的文件。请 ${login} 本人登录后再收，这样才记在他名下。`,
  wrongPin: "密码不对，再试一次。",
  badFile: "这个文件不是手机存的，或者没存完整。",
  taken: (count: number) => `收进 ${count} 条，都办了。`,
  broke: "没收完，再点一次“收进来”就接着收，不会重复。",
  refused: (count: number) => `${count} 条没收下：`,
  mediaLeft: (count: number) => `${count} 个照片、录音没收下。`,
  load: "谁的手机快装满了",
  loadWhy: (cap: number) => `每台手机最多放 ${cap.toLocaleString("zh-CN")} 件，超过时只放最急的。只有数，没有内容。`,
  columns: ["谁", "件数", "占比", "上次连上", "排队", "手机钟差"],
  standing: { over: "▲ 超了", near: "◐ 快满", fine: "● 宽松" },
  never: "没连过",
  minutes: (minutes: number) => `${minutes} 分钟`,
  days: (days: number) => `${days} 天`,
  listColumns: ["哪一户", "网格", "哪天", "要什么"],
};

type Texts = typeof zh;

const en: Texts = {
  title: "Phones and visits",
  visits: "Visits",
  conflicts: "Two people wrote different things",
  noConflicts: "Nothing to choose.",
  due: "To visit",
  visited: "Visited",
  none: "None.",
  said: (who, when) => `${who}, ${when}`,
  choose: "Use this",
  chosen: "Chosen. Everybody's phone agrees at its next contact.",
  yes: "yes",
  no: "no",
  somebody: "a colleague",
  phones: "Phones in use",
  phonesWhy:
    "Sign a lost phone out here: its account ends at once, and it empties itself at its next contact. What it has not sent is lost with it; if its worker can be reached, let him send first.",
  seen: (when) => `last contact ${when}`,
  signOut: "Sign out and empty",
  sure: (who) => `This phone of ${who} will be emptied; what it has not sent cannot be brought back. Go on?`,
  asked: "asked to empty itself, waiting for contact",
  left: (when) => `emptied ${when}`,
  file: "Take in a phone's file",
  fileWhy:
    "When nothing goes out, a worker saves what was not sent as a file, brings it here and takes it in, signed in as himself. If the phone sends it again later, nothing is doubled.",
  chooseFile: "Choose a file",
  pin: "The 6 digits of the phone that saved it",
  take: "Take in",
  taking: "Taking in…",
  notYours: (login) =>
    `This is a file of ${login}. Let ${login} sign in and take it in, so that it stands in the right name.`,
  wrongPin: "Not the right digits. Try again.",
  badFile: "This file was not saved by a phone, or was cut off.",
  taken: (count) => `${count} taken in and done.`,
  broke: "Not everything was taken in. Press “Take in” again: it goes on, and nothing is doubled.",
  refused: (count) => `${count} not accepted:`,
  mediaLeft: (count) => `${count} photos or recordings not accepted.`,
  load: "Whose phone is nearly full",
  loadWhy: (cap) =>
    `A phone holds ${cap.toLocaleString("en-GB")} records, beyond that the most urgent. Numbers only, no contents.`,
  columns: ["Who", "Records", "Share", "Last contact", "In line", "Clock off by"],
  standing: { over: "▲ over", near: "◐ nearly full", fine: "● fine" },
  never: "never",
  minutes: (minutes) => `${minutes} min`,
  days: (days) => `${days} days`,
  listColumns: ["Door", "Grid", "Day", "Needs"],
};

const texts = { zh, en };

export function usePhonesTexts(): { t: Texts; language: "zh" | "en" } {
  const language = useContext(LanguageContext);
  return { t: texts[language], language };
}
