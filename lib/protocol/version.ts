/** Raise on every change of a frame or record that an older peer could misread. */
export const PROTOCOL_VERSION = 1;
/** The oldest client this companion still serves; older ones are told to update, in words. */
export const MIN_SUPPORTED = 1;
