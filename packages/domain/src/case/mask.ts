const patterns: [RegExp, (found: string) => string][] = [
  // Citizen identity numbers (GB 11643): 17 digits and a digit or X.
  [/(?<!\d)\d{17}[\dXx](?!\d)/g, (found) => `${found.slice(0, 3)}***********${found.slice(-4, -2)}**`],
  // Mobile numbers, also written with spaces or hyphens.
  [
    /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/g,
    (found) => `${found.replace(/^\+?86[- ]?/, "").slice(0, 3)}********`,
  ],
  // Landlines with or without the area code.
  [/(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, (found) => `${found.slice(0, 4)}********`],
  // Bank cards.
  [/(?<!\d)\d{16,19}(?!\d)/g, () => "****************"],
  // Vehicle plates, new-energy ones too.
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{4,5}[A-Z0-9挂学警]/g,
    (found) => `${found.slice(0, 2)}*****`,
  ],
];

/** Hides telephone, identity, bank card and plate numbers in a text before strangers see it. */
export function maskText(text: string): string {
  return patterns.reduce((masked, [pattern, hide]) => masked.replace(pattern, hide), text);
}

/** A telephone number as staff see it until they state a purpose. */
export function maskPhone(phone: string): string {
  return phone.length >= 7 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : "****";
}

/** A name as staff see it until they state a purpose: the surname. */
export function maskName(name: string): string {
  const [first = ""] = name;
  return `${first}**`;
}

/** An address down to the street at most: the number of the house is for whoever sends the letter. */
export function maskAddress(address: string): string {
  return `${address.split(/[\d０-９一二三四五六七八九十]+\s*[号弄幢栋]|\d/u)[0]!.slice(0, 6)}****`;
}
