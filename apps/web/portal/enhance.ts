// The portal works without this file. With it: drafts survive a closed tab, photos are shrunk before they are sent,
// and a place can be pointed at. Nothing is asked of the phone until its owner taps.
import { keepDrafts } from "./enhance/drafts.ts";
import { offerPin } from "./enhance/pin.ts";
import { shrinkPhotos } from "./enhance/photos.ts";
import { offerReceiptCheck } from "./enhance/receipt.ts";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) keepDrafts(form);
for (const input of document.querySelectorAll<HTMLInputElement>("input[data-photos]")) shrinkPhotos(input);
for (const place of document.querySelectorAll<HTMLElement>("[data-pin]")) offerPin(place);
for (const place of document.querySelectorAll<HTMLElement>("[data-receipt]")) offerReceiptCheck(place);
