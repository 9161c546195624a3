/** Raise on every change of a frame or record that an older peer could misread. 2: feed rows of kind `gone`. */
export const PROTOCOL_VERSION = 2;
/** The oldest client this companion still serves; older ones are told to update, in words. */
export const MIN_SUPPORTED = 1;
