import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { requestOutcomes } from "@linge/domain/privacy/request.ts";
import { isEnded, type CaseState } from "@linge/domain/case/state.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { dayText, momentText } from "../../ui/time.ts";
import { api } from "../api.ts";
import { privacy, type ShownRequest } from "./api.ts";
import { usePrivacyTexts } from "./texts.ts";

/** Requests of residents about their own data, and objections; the next due first. */
export function Requests({ mayDecide }: { mayDecide: boolean }) {
  const { t } = usePrivacyTexts();
  const found = useQuery({ queryKey: ["dataRequests"], queryFn: privacy.requests });
  return (
    <>
      <p className="quiet">{t.requests.hint}</p>
      {found.isError && <p className="problem">{found.error.message}</p>}
      {found.data?.requests.length === 0 && <p>{t.requests.none}</p>}
      <ul className="cards">
        {found.data?.requests.map((request) => (
          <Request key={request.id} request={request} mayDecide={mayDecide} />
        ))}
      </ul>
    </>
  );
}

function Request({ request, mayDecide }: { request: ShownRequest; mayDecide: boolean }) {
  const { t, language } = usePrivacyTexts();
  const words = t.requests;
  const labels = privacyLabels[language];
  const roles: Record<string, string> = labels.role;
  const purposes: Record<string, string> = labels.purpose;
  const late = !request.decided && Date.parse(request.dueAt) < Date.now();
  return (
    <li className={request.decided ? "card settled" : "card"}>
      <h3>
        {labels.request[request.kind]} {request.number && `· ${request.number}`}{" "}
        {!request.decided && (
          <span className={late ? "late" : "quiet"}>
            {words.due(dayText(request.dueAt, language))} {late && words.late}
          </span>
        )}
      </h3>
      {request.text && <p className="said">{request.text}</p>}
      {request.look && (
        <p className="quiet">
          {words.against} {momentText(request.look.at, language)} · {request.look.person} {roles[request.look.role]} ·{" "}
          {purposes[request.look.purpose]} {request.look.note}
        </p>
      )}
      {request.decided ? (
        <p>
          {words.decided(labels.outcome[request.decided.outcome], dayText(request.decided.at, language))}{" "}
          {request.decided.answer}
        </p>
      ) : (
        mayDecide && <Answer request={request} />
      )}
    </li>
  );
}

function Answer({ request }: { request: ShownRequest }) {
  const { t, language } = usePrivacyTexts();
  const words = t.requests;
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, phone] = [String(form.get("name") ?? "").trim(), String(form.get("phone") ?? "").trim()];
    try {
      if (form.get("remove"))
        await api.command(request.caseId!, {
          id: crypto.randomUUID(),
          type: "removeIdentity",
          reason: privacyLabels[language].request[request.kind],
        });
      await privacy.decide(request.id, {
        outcome: String(form.get("outcome")),
        answer: String(form.get("answer")),
        ...(name && { name }),
        ...(phone && { phone }),
      });
      await client.invalidateQueries({ queryKey: ["dataRequests"] });
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <details>
      <summary>{words.save}</summary>
      <form className="command" onSubmit={(event) => void save(event)}>
        <fieldset>
          <legend>{words.outcome}</legend>
          {requestOutcomes.map((outcome) => (
            <label key={outcome} className="tick">
              <input type="radio" name="outcome" value={outcome} required /> {privacyLabels[language].outcome[outcome]}
            </label>
          ))}
        </fieldset>
        {request.kind === "correction" && request.caseId && (
          <>
            <label>
              {words.name}
              <input name="name" maxLength={60} />
            </label>
            <label>
              {words.phone}
              <input name="phone" type="tel" pattern="[+\d][\d \-]{4,19}" />
            </label>
          </>
        )}
        {request.kind === "deletion" && request.state && isEnded(request.state as CaseState) && (
          <>
            <label className="tick">
              <input type="checkbox" name="remove" value="1" /> {words.removed}
            </label>
            <p className="quiet">{words.removeHint}</p>
          </>
        )}
        <label>
          {words.answer}
          <textarea name="answer" maxLength={2000} />
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <button className="primary">{words.save}</button>
      </form>
    </details>
  );
}
