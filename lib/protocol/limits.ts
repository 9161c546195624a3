/** Text limits in UTF-16 units, shown while typing and enforced by the server. */
export const MESSAGE_MAX = 4_000;
export const OFFLINE_MESSAGE_MAX = 500;
export const LABEL_MAX = 60;
export const NAME_MAX = 80;
/** A frame is refused unread above this, in bytes. */
export const FRAME_MAX = 64 * 1024;
/** A knowledge file is refused by name above this, in bytes. */
export const KNOWLEDGE_FILE_MAX = 2 * 1024 * 1024;
