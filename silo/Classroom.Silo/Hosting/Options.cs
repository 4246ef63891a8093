using Classroom.Lessons;

namespace Classroom.Silo.Hosting;

/// <summary>Section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Where the SQLite file, the checkpoints and the lock are; relative to the content root.</summary>
    public string Folder { get; set; } = "data";
}

/// <summary>Section <c>Keys</c>: where the children's keys are, and the master key that seals them. Apart from the database and its backup.</summary>
public sealed class KeysOptions
{
    /// <summary>A folder that this program alone may read; empty: on a box without Postgres, beside the data folder with its name and <c>-keys</c>.</summary>
    public string? Folder { get; set; }

    /// <summary>A database of its own, for several silos on several machines; never the one of the facts.</summary>
    public string? Postgres { get; set; }

    /// <summary>A file of 32 bytes in base64; empty: <c>master.key</c> in the folder, made at the first start.</summary>
    public string? Master { get; set; }
}

/// <summary>Section <c>ConnectionStrings</c>. No Postgres means SQLite in the data folder.</summary>
public sealed class DatabaseOptions
{
    public string? Postgres { get; set; }

    /// <summary>Where several silos find each other, such as <c>redis:6379</c>; empty: one silo alone.</summary>
    public string? Redis { get; set; }
}

/// <summary>Section <c>Accounts</c>: the operator's way to accounts, each as <c>login:password</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>A teacher.</summary>
    public string? First { get; set; }

    public string? Mentor { get; set; }

    public string? Admin { get; set; }
}

/// <summary>Section <c>Hub</c>.</summary>
public sealed class HubOptions
{
    /// <summary>
    /// A connection that says nothing for so long is over, and so is one that says half of something: browsers let a page that nobody looks at speak once a minute.
    /// </summary>
    public double SilentSeconds { get; set; } = 90;

    /// <summary>The same while its page is looked at: it is heard every 3 s.</summary>
    public double VisibleSilentSeconds { get; set; } = 8;

    internal TimeSpan Silent => TimeSpan.FromSeconds(SilentSeconds);
}

/// <summary>Section <c>JoinCodes</c>.</summary>
public sealed class JoinCodeOptions
{
    /// <summary>How many lessons are live at once: codes get as long as that needs.</summary>
    public int ExpectedLiveLessons { get; set; } = 250;
}

/// <summary>Section <c>Seats</c>.</summary>
public sealed class SeatsOptions
{
    /// <summary>How many seats of a lesson one browser may hold: children share phones.</summary>
    public int PerDevice { get; set; } = 3;
}

/// <summary>Section <c>Kits</c>.</summary>
public sealed class KitsOptions
{
    /// <summary>A folder of further kits beside the shipped ones. An imported kit is offered instead of a file here with its id.</summary>
    public string? Folder { get; set; }
}

/// <summary>Section <c>Marks</c>.</summary>
public sealed class MarksOptions
{
    public List<DatedScale> Scales { get; set; } = [];
}

/// <summary>How a percentage becomes a mark, in force from <paramref name="ValidFrom"/> until the next one is.</summary>
public sealed record DatedScale(string Id, DateOnly ValidFrom, List<MarkBand> Bands);

/// <summary>Section <c>Integrity</c>.</summary>
public sealed class IntegrityOptions
{
    /// <summary>Where checkpoints go, best on another disk; empty: <c>checkpoints</c> in the data folder.</summary>
    public string? Folder { get; set; }
}

/// <summary>Section <c>Ortaq</c>.</summary>
public sealed class SiteOptions
{
    /// <summary>
    /// The address that browsers use, where it is not that of the machine: a proxy stands before the program, or the school has a name for it. Links, QR codes
    /// and an organisation's sign-in go by it.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>The box's own names, such as <c>ortaq.lan</c>: for them it makes a certificate of its own, for the https addresses of <c>Urls</c>.</summary>
    public string? Certificate { get; set; }

    /// <summary>Whoever comes by http is sent on to https. Phones that do not trust the certificate then stand outside.</summary>
    public bool RedirectToHttps { get; set; }

    /// <summary>Addresses and networks of the proxies before the program, such as <c>10.0.0.0/8 192.168.1.5</c>: who asks is believed from them alone.</summary>
    public string? Proxies { get; set; }
}

/// <summary>Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Address of an OTLP collector; <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> does the same. Empty: nothing is exported.</summary>
    public string? Otlp { get; set; }
}

/// <summary>Section <c>Orleans</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>0: a free one.</summary>
    public int SiloPort { get; set; }

    /// <summary>The IP address at which other silos reach this one; empty: the machine's own.</summary>
    public string? Address { get; set; }

    /// <summary>Orleans' own page on grains and silos, for an admin. It counts every call, so it is off unless somebody looks for something.</summary>
    public bool Dashboard { get; set; }
}

/// <summary>Section <c>Centre</c>: the gRPC feed for a centre's own programs. Off unless it has a port.</summary>
public sealed class CentreOptions
{
    /// <summary>HTTP/2 without TLS, on a port that serves nothing else.</summary>
    public int? GrpcPort { get; set; }

    /// <summary>The IP address it listens on. Tokens are readable on the way, so beyond this machine belongs a proxy with TLS.</summary>
    public string GrpcAddress { get; set; } = "127.0.0.1";
}
