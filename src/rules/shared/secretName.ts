const secret = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const open = /(?:_|^)(?:public|file|version)(?:_|$)|^apt_key_/i;

/** Whether a variable's name says that it holds a secret, as BuildKit judges. */
export const isSecretName = (name: string): boolean => secret.test(name) && !open.test(name);
