/** Where the user typed the command. Package managers run scripts in the package's own folder and keep it here. */
export const callerFolder = process.env.INIT_CWD ?? process.cwd();
