/** The number of bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  // Most text is plain, and a loop is slow before it is compiled.
  if (!/[\u0080-\uffff]/.test(text)) return bytes;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes++;
    // Half of a surrogate pair adds one more, so that a pair comes to four; any other unit here takes three.
    if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes++;
  }
  return bytes;
}
