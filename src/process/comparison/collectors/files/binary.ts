/** A file that can be read anywhere, near or far. */
export interface Binary {
  readonly size: number;
  /** So many bytes from there; fewer only where the file ends. */
  read(at: number, length: number): Buffer | Promise<Buffer>;
}
