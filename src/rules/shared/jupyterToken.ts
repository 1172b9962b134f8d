/** Options and variables that let everyone into Jupyter. */
export const openJupyter = (words: readonly string[]): string | undefined =>
  words.find(
    (word) =>
      /^--(?:NotebookApp|ServerApp|IdentityProvider|LabApp)\.(?:token|password)=(?:''|""|)$/.test(word) ||
      /^--(?:NotebookApp|ServerApp)\.token=['"]{2}$/.test(word),
  );
