import { requirementsRule, type Files } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { minor } from '../shared/pins.ts';

/** What MLflow writes about a saved model, and the package it is about. */
const written: Readonly<Record<string, string>> = {
  sklearn_version: 'scikit-learn',
  xgb_version: 'xgboost',
  lgb_version: 'lightgbm',
  catboost_version: 'catboost',
};

export default requirementsRule({
  id: 'pickle-version-drift',
  severity: 'warning',
  title: 'Load a model with the version that saved it',
  why: 'A pickled estimator holds the insides of the version that made it. Loaded with another one, scikit-learn warns (`InconsistentVersionWarning`), fails with «AttributeError», or predicts something else. The `MLmodel` file beside a model says the version.',
  examples: [
    {
      files: { 'model/MLmodel': 'flavors:\n  sklearn:\n    code: null\n    pickled_model: model.pkl\n    sklearn_version: 1.2.2\n' },
      bad: 'pandas\nscikit-learn«==1.5.0»\n',
      good: 'pandas\nscikit-learn==1.2.2\n',
    },
    {
      title: 'a patch later reads it',
      files: { 'model/MLmodel': 'flavors:\n  sklearn:\n    sklearn_version: 1.2.0\n' },
      good: 'scikit-learn==1.2.2\n',
    },
  ],
  *check({ source, requirements }, { files }) {
    const pinned = requirements.filter(({ name, pinned: version }) => version !== undefined && Object.values(written).includes(name));
    if (!pinned.length) return;
    for (const path of modelFiles(folderOf(source.path), files)) {
      for (const [, key = '', version = ''] of (files.read(path) ?? '').matchAll(/^\s*(\w+_version):\s*['"]?(\d+\.[\w.]+)/gm)) {
        const found = pinned.find(({ name }) => name === written[key]);
        if (!found?.specifierSpan || found.pinned === undefined || minor(found.pinned) === minor(version)) continue;
        yield {
          span: found.specifierSpan,
          message: `The model of «${path}» was saved with ${found.name} ${version}; ${found.pinned} may fail to load it, or predict something else.`,
          fixes: [{ title: `Pin ${found.name} to ${version}`, safe: false, edits: [{ span: found.specifierSpan, text: `==${version}` }] }],
        };
        return;
      }
    }
  },
});

/** The MLmodel files in a folder, three folders deep; a bounded look, for folders of data are large. */
function modelFiles(top: string, files: Files): readonly string[] {
  const found: string[] = [];
  let left = 60;
  const look = (folder: string, depth: number): void => {
    if (left-- <= 0) return;
    for (const name of files.list(folder) ?? []) {
      if (name === 'MLmodel') found.push(join(folder, name));
      else if (depth > 0 && name.endsWith('/') && !/^(?:\.|node_modules|__pycache__|venv|data|datasets|tests?\/)/.test(name))
        look(join(folder, name), depth - 1);
    }
  };
  look(top, 3);
  return found;
}
