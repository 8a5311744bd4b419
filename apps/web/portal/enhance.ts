// The portal works without this file. With it: drafts survive a closed tab, photos are shrunk before they are sent, a
// place can be pointed at, the same report is found while one types. Nothing is asked of the phone until its owner taps.
import { offerCopy } from "./enhance/copy.ts";
import { finishDraft, keepDrafts } from "./enhance/drafts.ts";
import { offerPin } from "./enhance/pin.ts";
import { offerPublicMap } from "./enhance/publicMap.ts";
import { shrinkPhotos } from "./enhance/photos.ts";
import { askQuestions } from "./enhance/questions.ts";
import { offerReceiptCheck } from "./enhance/receipt.ts";
import { sendOnce } from "./enhance/sending.ts";
import { findSimilar } from "./enhance/similar.ts";

const each = <T extends HTMLElement>(selector: string, improve: (element: T) => void): void =>
  document.querySelectorAll<T>(selector).forEach(improve);

each("[data-with-script]", (element) => (element.textContent = element.dataset.withScript!));
each("form[data-draft]", keepDrafts);
each("[data-finished]", finishDraft);
each("textarea[data-similar]", findSimilar);
each("[data-category]", askQuestions);
each("input[data-photos]", shrinkPhotos);
each("form[data-sending]", sendOnce);
each("[data-pin]", offerPin);
each("[data-public-map]", offerPublicMap);
each("[data-copy]", offerCopy);
each("[data-receipt]", offerReceiptCheck);
