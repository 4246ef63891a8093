using Classroom.Kits;

namespace Classroom.Silo.Api;

/// <summary>Birds and animals of the steppe to be called by: the only nicknames a board ever shows.</summary>
public static class Nicknames
{
    private const int Offered = 8;

    public static bool Contains(string nickname) => ThemedNames.Contains(nickname);

    /// <summary>What a browser says of a name is looked up: a typed one never stands on the board.</summary>
    public static Command Checked(Command command) =>
        command is ShareSeat { Themed: true } share && !Contains(share.Nickname?.Trim() ?? "") ? share with { Themed = false } : command;

    /// <summary>A few by chance; in Kazakh for who names no language of the product.</summary>
    public static string[] Some(string? language)
    {
        var known = Enum.TryParse<Language>(language, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : Language.Kk;
        return [.. Random.Shared.GetItems(ThemedNames.In(known).AsSpan(), 64).Distinct(StringComparer.Ordinal).Take(Offered)];
    }
}
