/** The page of a question: what was kept while it was written is saved by now. */
import { dropSaved } from "./drafts.js";

dropSaved();
