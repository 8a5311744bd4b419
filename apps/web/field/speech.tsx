import { Volume2, VolumeX } from "lucide-react";
import { useEffect, useState } from "react";
import { useTexts } from "./use.tsx";

/** Reads words aloud with the voice of the system; a second tap stops it. */
export function ReadAloud({ words }: { words: () => string }) {
  const { t, language } = useTexts();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  if (!("speechSynthesis" in window)) return null;
  const press = (): void => {
    speechSynthesis.cancel();
    if (speaking) return setSpeaking(false);
    const speech = new SpeechSynthesisUtterance(words());
    speech.lang = language === "zh" ? "zh-CN" : "en-GB";
    speech.rate = 0.9;
    speech.onend = speech.onerror = () => setSpeaking(false);
    setSpeaking(true);
    speechSynthesis.speak(speech);
  };
  return (
    <button type="button" aria-pressed={speaking} onClick={press}>
      {speaking ? <VolumeX aria-hidden size={24} /> : <Volume2 aria-hidden size={24} />}
      {speaking ? t.today.quiet : t.today.read}
    </button>
  );
}
