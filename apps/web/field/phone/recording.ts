/** Long enough to say what happened, short enough for an island's connection: about 360 KB. */
const longestMs = 120_000;
const bitsPerSecond = 24_000;

const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

export type Recording = {
  /** Ends and hands over what was said. */
  end(): void;
  /** Ends and forgets it. */
  cancel(): void;
};

/** Begins to record a voice note; the microphone is let go when it ends. @throws when there is none, or it is not allowed */
export async function startRecording(done: (bytes: ArrayBuffer) => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: bitsPerSecond });
  const parts: Blob[] = [];
  let wanted = true;
  const timer = setTimeout(() => recorder.stop(), longestMs);
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    if (wanted) void new Blob(parts).arrayBuffer().then(done);
  };
  recorder.start();
  const stop = (): void => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  return {
    end: stop,
    cancel() {
      wanted = false;
      stop();
    },
  };
}
