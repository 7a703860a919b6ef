/** The page of the derivation view. */

/** The addresses that the page loads from, all within the extension. */
export interface PageAddresses {
  /** the origin of files of the extension, as a source of the content security policy */
  origin: string;
  style: string;
  script: string;
}

/** What the page shows. */
export interface Content {
  title: string;
  /** elements of HTML; empty as long as nothing was derived */
  html: string;
  /** why the content is not of the script's present text; empty if it is */
  note: string;
}

/** Returns the page without content. Its script alone may run; nothing else is loaded from anywhere. */
export function derivationPage(addresses: PageAddresses): string {
  // formulas have attributes of style, such as the font of a transpose
  const styles = `style-src ${addresses.origin}; style-src-attr 'unsafe-inline'`;
  const policy = `default-src 'none'; ${styles}; script-src ${addresses.origin}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>Derivation</title>
<link rel="stylesheet" href="${addresses.style}">
</head>
<body>
<p id="note" role="status" hidden></p>
<main id="content"></main>
<script src="${addresses.script}"></script>
</body>
</html>`;
}
