namespace Classroom.Silo.Auth;

/// <summary>
/// What happens to accounts and at the doors, for whoever has to find out later who came in: one line each under this category, with ids and the network
/// that asked, never a login that was typed (people type passwords there), a password, a link, a cookie or anything of a child. OWASP ASVS 5, 16.2 and 16.3.
/// </summary>
public sealed partial class SecurityLog(ILogger<SecurityLog> logger)
{
    public void SignedIn(Guid account, HttpContext? context, string way) => SignedIn(logger, account, way, NetworkOf(context));

    /// <param name="account">Null where only a login was given: whether there is one is looked up nowhere else.</param>
    public void SignInFailed(HttpContext context, string way, Guid? account = null) => SignInFailed(logger, account, way, NetworkOf(context));

    public void SignedOut(Guid account) => SignedOut(logger, account);

    /// <param name="by">Who did it; null: the command line.</param>
    public void SignedOutEverywhere(Guid account, Guid? by) => SignedOutEverywhere(logger, account, by);

    public void PasswordChanged(Guid account, Guid? by) => PasswordChanged(logger, account, by);

    /// <param name="what">disabled, enabled, signed out, role, centre, link: also what is done when an account is added.</param>
    public void AccountChanged(Guid account, string what, Guid by) => AccountChanged(logger, account, what, by);

    /// <summary>Somebody with an account asked for what is not theirs.</summary>
    public void Forbidden(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Forbidden(logger, Caller.GuidOf(context.User, System.Security.Claims.ClaimTypes.NameIdentifier), context.GetEndpoint()?.DisplayName, NetworkOf(context));
    }

    private static string NetworkOf(HttpContext? context) => context is null ? "-" : Networks.Of(context.Connection.RemoteIpAddress).ToString();

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Account {Account} signed in by {Way} from {Network}")]
    private static partial void SignedIn(ILogger logger, Guid account, string way, string network);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Signing in to account {Account} by {Way} from {Network} failed")]
    private static partial void SignInFailed(ILogger logger, Guid? account, string way, string network);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Account {Account} signed out")]
    private static partial void SignedOut(ILogger logger, Guid account);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Account {Account} was signed out everywhere by {By}")]
    private static partial void SignedOutEverywhere(ILogger logger, Guid account, Guid? by);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "Account {Account} has a new password by {By}")]
    private static partial void PasswordChanged(ILogger logger, Guid account, Guid? by);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "Account {Account} was changed by {By}: {What}")]
    private static partial void AccountChanged(ILogger logger, Guid account, string what, Guid by);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "{Endpoint} is not for account {Account}, which asked from {Network}")]
    private static partial void Forbidden(ILogger logger, Guid? account, string? endpoint, string network);
}
