/** What a build tells the service worker: which files are one version of the app. */

/** A version of the app. */
export interface OfflineVersion {
  /** Differs from every other version's. */
  readonly name: string;
  /** Paths from the folder of the page, with the digest of each in the form that `integrity` takes. */
  readonly files: readonly { readonly file: string; readonly integrity: string }[];
}
