using Classroom.Storage;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Silo.Auth;

/// <summary>
/// Refuses a password that is guessed early: one of the usual ones, a name, a date, a run on the keyboard, this account's own words (OWASP ASVS 5,
/// 6.2.4 and 6.2.11). What it is made of is its owner's business (6.2.5).
/// </summary>
public sealed class GuessablePassword : IPasswordValidator<Account>
{
    public const string Code = "PasswordGuessable";

    // In bits, by zxcvbn's count: a hundred million tries. What one login allows three silos is 100,000 a month.
    private const double Least = 27;

    // Its time grows faster than the length, and what follows cannot make a password worse.
    private const int Looked = 64;

    // Beside its lists, which are of English: what is typed first here.
    private static readonly string[] OurWords =
    [
        "ortaq", "ortak", "classroom", "tumo", "mugalim", "мұғалім", "мугалим", "учитель", "uchitel", "mektep", "мектеп", "школа", "shkola", "oqushy", "оқушы", "құпиясөз", "qupiasoz",
        "пароль", "parol", "йцукен", "qazaqstan", "kazakhstan", "қазақстан", "казахстан", "astana", "астана", "almaty", "алматы", "shymkent",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var looked = password is { Length: > Looked } ? password[..Looked] : password ?? "";
        string[] own = [user.UserName ?? "", .. (user.DisplayName ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), .. OurWords];
        return Task.FromResult(Zxcvbn.Zxcvbn.MatchPassword(looked, own.Where(w => w.Length > 2)).Entropy < Least
            ? IdentityResult.Failed(new IdentityError { Code = Code, Description = "A password that is guessed early." }) : IdentityResult.Success);
    }
}
