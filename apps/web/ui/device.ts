const browsers = [
  ["MicroMessenger", "WeChat"],
  ["Edg", "Edge"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;
const systems = [
  ["HarmonyOS", "HarmonyOS"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS", "Mac"],
  ["Linux", "Linux"],
] as const;

/** What a browser calls itself, in two words that its owner knows; nothing when it is none that we know. */
export function deviceOf(agent: string): { browser: string; system: string } | undefined {
  const browser = browsers.find(([word]) => agent.includes(word))?.[1];
  const system = systems.find(([word]) => agent.includes(word))?.[1];
  return browser && system ? { browser, system } : undefined;
}
