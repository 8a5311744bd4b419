import { Camera, Mic, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { failureText } from "./failure.ts";
import type { Media } from "./phone/media.ts";
import { shrunk, UnusablePictureError } from "./phone/picture.ts";
import { startRecording, type Recording } from "./phone/recording.ts";
import { usePhone, useTexts } from "./use.tsx";

const mostPhotos = 3;
const mostRecordings = 2;

type Props = { media: Media[]; onMedia: (media: Media[]) => void; onProblem: (problem: string) => void };

/** Photos and voice notes: each is made small and sealed on the phone the moment it is taken. */
export function MediaPicker({ media, onMedia, onProblem }: Props) {
  const { t } = useTexts();
  const { phone } = usePhone();
  const photos = media.filter(({ medium }) => medium === "photo");
  const recordings = media.filter(({ medium }) => medium === "recording");
  const latest = useRef(media);
  latest.current = media;
  const keep = async (bytes: ArrayBuffer, medium: Media["medium"]): Promise<void> => {
    try {
      const kept = await phone.media.keep(bytes, medium);
      latest.current = [...latest.current, kept];
      onMedia(latest.current);
      onProblem("");
    } catch (error) {
      onProblem(failureText(error, t));
    }
  };
  const add = async (files: FileList | null): Promise<void> => {
    for (const file of [...(files ?? [])].slice(0, mostPhotos - photos.length)) {
      const small = await shrunk(file).catch((error: unknown) => {
        if (!(error instanceof UnusablePictureError)) throw error;
        onProblem(t.sheet.badPhoto);
      });
      if (small) await keep(small, "photo");
    }
  };
  const drop = (gone: Media): void => {
    onMedia(media.filter(({ id }) => id !== gone.id));
    void phone.media.drop([gone.id]);
  };
  return (
    <>
      <div className="verbs two">
        <label className="button" data-disabled={photos.length >= mostPhotos || undefined}>
          <Camera aria-hidden size={24} /> {t.sheet.photo}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            multiple
            className="visually-hidden"
            disabled={photos.length >= mostPhotos}
            onChange={(event) => {
              void add(event.target.files).then(() => (event.target.value = ""));
            }}
          />
        </label>
        <Recorder
          full={recordings.length >= mostRecordings}
          onRecording={(bytes) => void keep(bytes, "recording")}
          onProblem={onProblem}
        />
      </div>
      {media.length > 0 && (
        <p role="status">
          {[photos.length && t.sheet.photos(photos.length), recordings.length && t.sheet.recordings(recordings.length)]
            .filter(Boolean)
            .join("，")}
        </p>
      )}
      <ul className="media">
        {photos.map((each, at) => (
          <Taken key={each.id} media={each} name={t.sheet.photoNo(at + 1)} onDrop={() => drop(each)} />
        ))}
        {recordings.map((each, at) => (
          <Taken key={each.id} media={each} name={t.sheet.recordingNo(at + 1)} onDrop={() => drop(each)} />
        ))}
      </ul>
    </>
  );
}

/** What was taken, to be looked at or heard, and taken out again. */
function Taken({ media, name, onDrop }: { media: Media; name: string; onDrop: () => void }) {
  const { t } = useTexts();
  const { phone } = usePhone();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    void phone.media.read(media.id).then((bytes) => {
      if (bytes) setUrl((made = URL.createObjectURL(new Blob([bytes]))));
    });
    return () => {
      if (made) URL.revokeObjectURL(made);
    };
  }, [phone, media.id]);
  return (
    <li>
      {url &&
        (media.medium === "photo" ? <img src={url} alt={name} /> : <audio src={url} controls aria-label={name} />)}
      <button type="button" onClick={onDrop}>
        {t.sheet.drop(name)}
      </button>
    </li>
  );
}

type RecorderProps = {
  full: boolean;
  onRecording: (bytes: ArrayBuffer) => void;
  onProblem: (problem: string) => void;
};

/** One button: a tap begins, the next one ends; after two minutes it ends by itself. */
function Recorder({ full, onRecording, onProblem }: RecorderProps) {
  const { t } = useTexts();
  const [running, setRunning] = useState<Recording>();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => () => running?.cancel(), [running]);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  const press = async (): Promise<void> => {
    if (running) return running.end();
    try {
      const started = await startRecording((bytes) => {
        setRunning(undefined);
        onRecording(bytes);
      });
      setSeconds(0);
      setRunning(started);
    } catch {
      onProblem(t.sheet.noMicrophone);
    }
  };
  return (
    <button type="button" aria-pressed={running !== undefined} disabled={full && !running} onClick={() => void press()}>
      {running ? <Square aria-hidden size={24} /> : <Mic aria-hidden size={24} />}
      {running ? t.sheet.recording(seconds) : t.sheet.record}
    </button>
  );
}
