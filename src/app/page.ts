/**
 * The page's composition root.
 *
 * The gate is installed first and everything else is loaded after it: a module imported statically would be
 * evaluated before this file's first line.
 */
import { findPageFile } from './page-file.ts';
import { tellNotOpened } from './start-watch.ts';
import { installTrustedTypes } from './trusted-types.ts';

const file = findPageFile(document);
installTrustedTypes(file?.workerAddress);
try {
  const { startPage } = await import('./start-page.ts');
  await startPage(document, file);
} catch (thrown) {
  tellNotOpened(document, thrown);
  throw thrown;
}
