import type { ReceiptTexts } from "../enhance/receipt.ts";
import type { PageOf } from "../model.ts";

type Texts = ReceiptTexts & { title: string; hint: string; download: string };

const texts: Record<"zh" | "en", Texts> = {
  zh: {
    title: "凭据",
    hint: "每办一步，公开的记录里就添一笔，谁也不能悄悄改掉。下载凭据自己留着，或请信得过的人留着，以后随时可以核对。",
    download: "下载凭据",
    check: "我的事还在记录里吗？",
    checking: "正在核对……",
    fresh: "刚刚记下，一分钟后就能核对。",
    good: "都在。记录里有这件事的 {facts} 笔（全部共 {size} 笔），和这一页说的一样。",
    seen: "{name} 于 {at} 见证过。",
    first: "这部手机从现在起记得这份记录，下次核对会拿它来比。",
    changed: "不对，有东西被改动了。请截图，并把凭据交给审计或您信得过的人。",
    missing: "「{kind}」记录里有，这里却没有了。",
    altered: "「{kind}」当时是：{logged}；现在成了：{told}。",
    extra: "「{kind}」这里有，记录里却没有。",
    rewritten: "公开的记录本身被换过：它接不上以前留下的那一份。",
    gone: "记录里的第 {index} 笔是这件事的，现在却拿不出来了。",
    failed: "没能核对，请稍后再试。",
    kept: "用以前下载的凭据核对",
    kinds: {
      reported: "反映",
      filed: "立案",
      dispatched: "派遣",
      promised: "答应的期限",
      released: "派单收回",
      objectionDecided: "异议裁定",
      accepted: "接单",
      contacted: "联系",
      handled: "处置",
      checked: "核查",
      closed: "结案",
      rated: "评价",
      reopened: "重新办理",
      declined: "不受理",
      merged: "合并",
      voided: "作废",
      identityRemoved: "去除身份",
      looked: "查看联系方式",
      case: "这件事",
      rating: "评价",
      text: "您说的",
      reportedAt: "反映时间",
    },
  },
  en: {
    title: "Receipt",
    hint: "Every step adds a line to a public record that nobody can change unseen. Download the receipt and keep it, or leave it with someone you trust: it can be checked at any time.",
    download: "Download the receipt",
    check: "Is my case still in the record?",
    checking: "Checking…",
    fresh: "This was written down just now; it can be checked in a minute.",
    good: "It is. The record has {facts} lines about your case ({size} in all), and they say what this page says.",
    seen: "{name} saw the record at {at}.",
    first: "From now on this phone remembers the record, and the next check will compare with it.",
    changed:
      "Something was changed. Take a picture of this page, and show the receipt to an auditor or someone you trust.",
    missing: "“{kind}” is in the record, but no longer here.",
    altered: "“{kind}” was: {logged}; it is now: {told}.",
    extra: "“{kind}” is here, but not in the record.",
    rewritten: "The public record itself was replaced: it does not continue the one that was kept.",
    gone: "Line {index} of the record is about your case, and can no longer be shown.",
    failed: "It could not be checked; please try again later.",
    kept: "Check against a receipt you downloaded before",
    kinds: {
      reported: "Reported",
      filed: "Filed",
      dispatched: "Dispatched",
      promised: "The promised date",
      released: "Order taken back",
      objectionDecided: "Objection decided",
      accepted: "Accepted",
      contacted: "Contacted",
      handled: "Handled",
      checked: "Checked",
      closed: "Closed",
      rated: "Rated",
      reopened: "Reopened",
      declined: "Declined",
      merged: "Merged",
      voided: "Voided",
      identityRemoved: "Identity removed",
      looked: "A look at name and number",
      case: "This case",
      rating: "Rating",
      text: "What you said",
      reportedAt: "Time of the report",
    },
  },
};

/** The receipt to keep; with scripts, also the check in the reader's own browser. */
export function ReceiptPart({ page }: { page: PageOf<"follow"> }) {
  const { title, hint, download, ...check } = texts[page.language];
  return (
    <section data-receipt={page.token} data-texts={JSON.stringify(check)} aria-labelledby="receipt">
      <h2 id="receipt">{title}</h2>
      <p className="hint">{hint}</p>
      <div className="buttons">
        <a className="button second" href={`/f/${page.token}/receipt`} download>
          {download}
        </a>
      </div>
    </section>
  );
}
