using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>https of a box that no public authority knows: by a certificate of its own, for the names of <c>Ortaq:Certificate</c>.</summary>
public static class HttpsSetup
{
    /// <summary>Where a phone gets the authority: over http, since it does not trust https yet.</summary>
    public const string AuthorityPath = "/ca.crt";
    private const string Folder = "tls";

    public static void AddOrtaqHttps(this WebApplicationBuilder builder)
    {
        var site = Settings.Read<SiteOptions>(builder.Configuration, "Ortaq");
        RequireFiles(builder.Configuration.GetSection("Kestrel"), builder.Environment);
        if (site.RedirectToHttps)
        {
            builder.Services.AddHttpsRedirection(o => o.HttpsPort = PortOf(builder.Configuration, site));
        }

        if (string.IsNullOrWhiteSpace(site.Certificate) || !BoxCertificate.AreNames(site.Certificate))
        {
            return;
        }

        builder.Services.AddSingleton(s => Of(builder.Configuration, builder.Environment, s.GetRequiredService<IMachineAddresses>(), s.GetRequiredService<BoxClock>()));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<BoxCertificate>((kestrel, box) => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificateSelector = (_, _) => box.Current));
        builder.Services.AddHostedService<CertificateRenewal>();
    }

    // The framework's own words for a certificate that is not there are a stack without the setting's name.
    private static void RequireFiles(IConfigurationSection kestrel, IHostEnvironment environment)
    {
        var certificates = kestrel.GetSection("Certificates").GetChildren().Concat(kestrel.GetSection("Endpoints").GetChildren().SelectMany(
            e => e.GetSection("Sni").GetChildren().Select(s => s.GetSection("Certificate")).Prepend(e.GetSection("Certificate"))));
        foreach (var setting in certificates.SelectMany(c => new[] { c.GetSection("Path"), c.GetSection("KeyPath") }))
        {
            if (setting.Value is { Length: > 0 } file && !File.Exists(Path.Combine(environment.ContentRootPath, file)))
            {
                throw new SettingException($"{setting.Path}: there is no file {Path.Combine(environment.ContentRootPath, file)}.");
            }
        }
    }

    public static BoxCertificate Of(IConfiguration configuration, IHostEnvironment environment, IMachineAddresses machine, BoxClock clock) =>
        new(Path.Combine(DataFolder.PathOf(configuration, environment), Folder), BoxCertificate.Names(Settings.Read<SiteOptions>(configuration, "Ortaq").Certificate), machine, clock);

    /// <summary>Before the first address is listened on.</summary>
    /// <exception cref="SettingException">It cannot be made.</exception>
    public static void PrepareCertificate(this WebApplication app)
    {
        if (app.Services.GetService<BoxCertificate>() is { } box)
        {
            CertificateRenewal.Look(box, app.Services.GetRequiredService<ILogger<CertificateRenewal>>(), app.Services.GetRequiredService<TimeProvider>(), atStart: true);
        }
    }

    public static void UseOrtaqHttps(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.RedirectToHttps)
        {
            // Probes ask by http, and a phone that does not trust the box yet fetches what makes it do so.
            app.UseWhen(c => !c.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) && c.Request.Path != AuthorityPath, https => https.UseHttpsRedirection());
        }
    }

    public static void MapAuthority(this WebApplication app)
    {
        if (app.Services.GetService<BoxCertificate>() is { } box)
        {
            app.MapGet(AuthorityPath, () => box.Authority is { } authority
                ? Results.File(authority.Export(X509ContentType.Cert), "application/x-x509-ca-cert", "ortaq-ca.crt")
                : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
        }
    }

    /// <returns>Null when no address is https.</returns>
    internal static int? PortOf(IConfiguration configuration, SiteOptions site) =>
        BrowserAddress.Of(site.PublicUrl) is { Scheme: "https" } url ? url.Port
        : (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(u => u.StartsWith("https://", StringComparison.OrdinalIgnoreCase)).Select(u => (int?)BindingAddress.Parse(u).Port).FirstOrDefault();
}

/// <summary>Looks at the box's certificate now and then: it is made anew long before it ends, and when the box has another address.</summary>
public sealed class CertificateRenewal(BoxCertificate box, TimeProvider time, ILogger<CertificateRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    Look(box, logger, time, atStart: false);
                }
                catch (SettingException e)
                {
                    logger.LogError("{Sentence}", e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    internal static void Look(BoxCertificate box, ILogger logger, TimeProvider time, bool atStart)
    {
        var made = box.Ensure();
        if (made is not null)
        {
            logger.LogWarning("Ortaq:Certificate: {Made}. The authority's SHA-256 fingerprint: {Fingerprint}", made, box.Fingerprint);
        }
        else if (atStart)
        {
            logger.LogInformation("Ortaq:Certificate: the authority's SHA-256 fingerprint is {Fingerprint}", box.Fingerprint);
        }

        if (box.AuthorityEnds is { } end && end - time.GetUtcNow() < 2 * BoxCertificate.RenewedBefore)
        {
            logger.LogWarning("Ortaq:Certificate: the authority ends on {End}; a month before, a new one is made, which every phone is to be given again", end);
        }
    }
}
