/** Where each role begins. */
export const homes: Record<string, string> = { mentor: "/mentor", admin: "/accounts" };
