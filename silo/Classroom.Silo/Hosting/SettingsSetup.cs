using Classroom.Silo.Speech;
using Classroom.Grains;
using Classroom.Tutor;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Classroom.Silo.Hosting;

/// <summary>Every section that the program owns, with what a value may be.</summary>
public static class SettingsSetup
{
    // The circuit breaker takes nothing shorter.
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromMilliseconds(500);

    // Below it every connection is over before it has said anything.
    private const double LeastSilence = 1;

    // A text that comes in larger pieces is not read along.
    private static readonly TimeSpan LongestChunk = TimeSpan.FromSeconds(5);

    // Named as OpenTelemetry names it, and so in no section.
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddOrtaqSettings(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<DataOptions>("Data").Validate(o => o.Folder.Trim().Length > 0, "Data:Folder is empty.");
        services.AddSettings<DatabaseOptions>("ConnectionStrings").Validate(
            o => IsConnectionString(o.Postgres), "ConnectionStrings:Postgres is not a connection string such as Host=db;Username=ortaq;Database=ortaq.")
            .Validate(o => IsRedis(o.Redis), "ConnectionStrings:Redis is not an address such as redis:6379.")
            .Validate(
                o => string.IsNullOrWhiteSpace(o.Redis) || !string.IsNullOrWhiteSpace(o.Postgres),
                "ConnectionStrings:Redis needs ConnectionStrings:Postgres beside it: several silos share one database.");
        services.AddSettings<KeysOptions>("Keys")
            .Validate(o => IsConnectionString(o.Postgres), "Keys:Postgres is not a connection string such as Host=keys;Username=ortaq;Database=keys.")
            .Validate(o => string.IsNullOrWhiteSpace(o.Postgres) || !string.IsNullOrWhiteSpace(o.Master), "Keys:Master is missing beside Keys:Postgres: a file that all silos are given.")
            .Validate<IConfiguration>(
                (o, c) => string.IsNullOrWhiteSpace(c.GetConnectionString("Postgres")) || !string.IsNullOrWhiteSpace(o.Postgres) || !string.IsNullOrWhiteSpace(o.Folder),
                "Keys:Postgres is missing beside ConnectionStrings:Postgres: the children's keys need a database of their own (or Keys:Folder, a lasting folder, when all silos are on one machine).");
        services.AddSettings<AccountsOptions>("Accounts")
            .Validate(o => IsLogin(o.First), "Accounts:First is not login:password.")
            .Validate(o => IsLogin(o.Mentor), "Accounts:Mentor is not login:password.")
            .Validate(o => IsLogin(o.Admin), "Accounts:Admin is not login:password.")
            .Validate(AreOthers, "Accounts: First, Mentor and Admin must be different logins.");
        services.AddSettings<HubOptions>("Hub").Validate(
            o => o.SilentSeconds is >= LeastSilence and < 86_400, "Hub:SilentSeconds must be at least 1 and less than a day.")
            .Validate(o => o.VisibleSilentSeconds is >= LeastSilence and < 86_400, "Hub:VisibleSilentSeconds must be at least 1 and less than a day.");
        services.AddSettings<JoinCodeOptions>("JoinCodes").Validate(o => o.ExpectedLiveLessons > 0, "JoinCodes:ExpectedLiveLessons must be more than 0.");
        services.AddSettings<SeatsOptions>("Seats").Validate(o => o.PerDevice is > 0 and <= SeatsRules.MaxSeats, $"Seats:PerDevice must be from 1 to {SeatsRules.MaxSeats}.");
        services.AddSettings<KitsOptions>("Kits").Validate(o => string.IsNullOrEmpty(o.Folder) || Directory.Exists(o.Folder), "Kits:Folder is not a folder.");
        services.AddSettings<SpeechOptions>("Speech")
            .Validate(o => o.WordsAMinute is >= 80 and <= 300, "Speech:WordsAMinute must be from 80 to 300.")
            .Validate(o => o.CacheMegabytes is >= 0 and <= 100_000, "Speech:CacheMegabytes must be from 0 to 100000.");
        services.AddSettings<MarksOptions>("Marks").Validate<TimeProvider>(
            (o, time) => o.Scales.TrueForAll(s => s.Bands.Count > 0) && Api.MarkScales.InForce(o, time) is not null,
            "Marks:Scales holds no scale, or one without bands.");
        services.AddSettings<IntegrityOptions>("Integrity").Validate(o => string.IsNullOrWhiteSpace(o.Folder) || !File.Exists(o.Folder), "Integrity:Folder is a file.");
        services.AddSettings<SiteOptions>("Ortaq").Validate(o => IsAddress(o.PublicUrl), "Ortaq:PublicUrl is not an http or https address.")
            .Validate(o => !IsAddress(o.PublicUrl) || string.IsNullOrWhiteSpace(o.PublicUrl) || BrowserAddress.Of(o.PublicUrl) is not null,
                "Ortaq:PublicUrl has more than a host and a port: the pages are at its root.")
            .Validate(o => BoxCertificate.AreNames(o.Certificate), "Ortaq:Certificate is not a name of this box such as ortaq.lan, nor several; they end in .lan, .local, .internal or .home.arpa.")
            .Validate<IConfiguration>(
                (o, c) => string.IsNullOrWhiteSpace(o.Certificate) || string.IsNullOrWhiteSpace(c["Kestrel:Certificates:Default:Path"]),
                "Ortaq:Certificate and Kestrel:Certificates:Default:Path are two certificates: leave one of them out.")
            .Validate<IConfiguration>(
                (o, c) => !o.RedirectToHttps || HttpsSetup.PortOf(c, o) is not null, "Ortaq:RedirectToHttps needs an https address in Urls or in Ortaq:PublicUrl.")
            .Validate(o => Proxies.Of(o.Proxies) is not null, "Ortaq:Proxies is not a list of addresses and networks such as 10.0.0.0/8 192.168.1.5.");
        services.AddSettings<TelemetryOptions>("Telemetry").Validate(o => IsAddress(o.Otlp), "Telemetry:Otlp is not an http or https address.");
        services.AddSettings<SiloOptions>("Orleans")
            .Validate(o => o.SiloPort is >= 0 and < 65_536, "Orleans:SiloPort is not a port.")
            .Validate(o => string.IsNullOrEmpty(o.Address) || System.Net.IPAddress.TryParse(o.Address, out _), "Orleans:Address is not an IP address.");
        services.AddSettings<CentreOptions>("Centre")
            .Validate(o => o.GrpcPort is null or (> 0 and < 65_536), "Centre:GrpcPort is not a port.")
            .Validate(o => System.Net.IPAddress.TryParse(o.GrpcAddress, out _), "Centre:GrpcAddress is not an IP address.");
        services.AddSettings<OidcOptions>("Oidc").ValidateOidc();
        services.AddSettings<StreamingOptions>("Streaming").Validate(
            o => o.ChunkEvery >= TimeSpan.Zero && o.ChunkEvery <= LongestChunk, "Streaming:ChunkEvery must not be negative, nor more than 5 seconds.");
        AddTutor(services.AddSettings<ModelOptions>("Tutor"));
    }

    /// <summary>Binds and validates every section, and the addresses to listen on.</summary>
    /// <exception cref="SettingException">One of them cannot be used.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (!IsAddress(app.Configuration[Collector]))
        {
            throw new SettingException(Collector + " is not an http or https address.");
        }

        // Else whoever sends a request says where the provider sends people back to.
        if (!app.Environment.IsDevelopment() && app.Services.GetRequiredService<IOptions<OidcOptions>>().Value.IsOn
            && string.IsNullOrWhiteSpace(app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl))
        {
            throw new SettingException("Ortaq:PublicUrl is missing beside Oidc:Authority.");
        }

        foreach (var url in (app.Configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsListenAddress(url))
            {
                throw new SettingException($"Urls: {url} is not an address to listen on such as http://0.0.0.0:5080.");
            }
        }
    }

    private static void AddTutor(OptionsBuilder<ModelOptions> tutor) => tutor
        .Validate(o => IsAddress(o.Endpoint), "Tutor:Endpoint is not an http or https address.")
        .Validate(o => IsAddress(o.Second.Endpoint), "Tutor:Second:Endpoint is not an http or https address.")
        .Validate(o => string.IsNullOrWhiteSpace(o.Endpoint) || !IsAddress(o.Endpoint) || !string.IsNullOrWhiteSpace(o.Model), "Tutor:Model is missing beside Tutor:Endpoint.")
        .Validate(o => o.Price.IsValid, "Tutor:Price is not two prices and a currency such as Input=0.15, Output=0.6, Currency=USD, for a million tokens.")
        .Validate(o => o.Second.Price.IsValid, "Tutor:Second:Price is not two prices and a currency such as Input=0.15, Output=0.6, Currency=USD, for a million tokens.")
        .Validate(o => o.Budget.Lesson >= 0, "Tutor:Budget:Lesson must not be negative; 0 means no limit.")
        .Validate(o => o.Budget.TeacherDay >= 0, "Tutor:Budget:TeacherDay must not be negative; 0 means no limit.")
        .Validate(o => o.Budget.Day >= 0, "Tutor:Budget:Day must not be negative; 0 means no limit.")
        .Validate(o => o.Budget.WaitWithin >= TimeSpan.Zero, "Tutor:Budget:WaitWithin must not be negative.")
        .Validate(o => o.FirstTokenWithin > TimeSpan.Zero, "Tutor:FirstTokenWithin must be more than 0.")
        .Validate(o => o.NextTokenWithin > TimeSpan.Zero, "Tutor:NextTokenWithin must be more than 0.")
        .Validate(o => o.AnswerWithin > TimeSpan.Zero, "Tutor:AnswerWithin must be more than 0.")
        .Validate(o => o.WaitWhenBusy >= TimeSpan.Zero, "Tutor:WaitWhenBusy must not be negative.")
        .Validate(o => o.BreakFor >= ShortestBreak && o.BreakFor <= TimeSpan.FromDays(1), "Tutor:BreakFor must be between half a second and a day.")
        .Validate(o => o.CachedWordDelay >= TimeSpan.Zero, "Tutor:CachedWordDelay must not be negative.")
        .Validate(o => o.Prepared.WordDelay >= TimeSpan.Zero, "Tutor:Prepared:WordDelay must not be negative.");

    private static bool IsLogin(string? text) => string.IsNullOrEmpty(text) || text.Split(':', 2) is [{ Length: > 0 }, { Length: > 0 }];

    private static bool AreOthers(AccountsOptions o)
    {
        var logins = new[] { o.First, o.Mentor, o.Admin }.Where(l => !string.IsNullOrEmpty(l)).Select(l => l!.Split(':')[0]).ToList();
        return logins.Distinct(StringComparer.OrdinalIgnoreCase).Count() == logins.Count;
    }

    private static bool IsAddress(string? text) =>
        string.IsNullOrWhiteSpace(text) || Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    // What Kestrel takes: a host may be * or +, or a socket's path.
    private static bool IsListenAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https" } address && (address.IsUnixPipe || address.Port is >= 0 and < 65_536);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsRedis(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || OrleansSetup.RedisOf(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsConnectionString(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
