/** Messages to the one who reported, in Chinese: who, what, by when. A link follows each. */
export const noticeText: Record<string, (params: Record<string, string>) => string> = {
  dispatched: ({ number }) => `您反映的 ${number} 已交给承办单位，他们会联系您。`,
  responded: ({ number }) => `您反映的 ${number} 有答复了，请看看是否解决。`,
  closed: ({ number }) => `您反映的 ${number} 已办结。解决了吗？请您评价。`,
  declined: ({ number, reason, channel }) => `您反映的 ${number} 不能立案：${reason} 请找：${channel}。`,
  redirected: ({ number, reason, channel }) => `您反映的 ${number} 请找：${channel}。${reason}`,
  extended: ({ number, until }) => `您反映的 ${number} 延到 ${until?.slice(0, 10)} 前答复。`,
  suspended: ({ number, reason }) => `您反映的 ${number} 暂时挂起：${reason}`,
  reopened: ({ number }) => `您说 ${number} 没有解决，已重新办理。`,
  notReopened: ({ number, reason }) => `您反映的 ${number} 没有重新办理：${reason}`,
  merged: ({ number, into }) => `您反映的 ${number} 与 ${into} 是同一件事，合并办理，结果会告诉您。`,
  split: ({ number, into }) => `您反映的 ${number} 里有一部分另立 ${into} 办理，结果也会告诉您。`,
  categoryCorrected: ({ number, dueAt }) => `您反映的 ${number} 换了类别，最晚 ${dueAt?.slice(0, 10)} 答复您。`,
  unmerged: ({ number }) => `您反映的 ${number} 恢复单独办理。`,
  undone: ({ number }) => `刚才关于 ${number} 的消息发错了，对不起。请以现在的进度为准。`,
  voided: ({ number, reason }) => `您反映的 ${number} 已作废：${reason}`,
};
