using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>
/// Who may say for whom it asks. Limits are by address and a cookie is Secure over https only, so what stands in <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> is believed from the
/// proxies of <c>Ortaq:Proxies</c> alone; from anybody else it is what a browser claims.
/// </summary>
public static class Proxies
{
    private const string BelievesAnybody = "ForwardedHeaders_Enabled";
    private static readonly char[] Between = [' ', ',', ';'];

    public static void AddOrtaqProxies(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMachineAddresses, MachineAddresses>().AddSingleton<JoinAddresses>();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<SiteOptions>>((o, site) =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            // Through as many as are known: the first that is not is who asks.
            o.ForwardLimit = null;
            foreach (var network in Of(site.Value.Proxies) ?? [])
            {
                o.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>First of all: everything else goes by who asks.</summary>
    /// <exception cref="SettingException">The framework was told to believe anybody.</exception>
    public static void UseOrtaqProxies(this WebApplication app)
    {
        if (string.Equals(app.Configuration[BelievesAnybody], "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingException("ASPNETCORE_FORWARDEDHEADERS_ENABLED believes anybody who asks: set Ortaq:Proxies to the proxies' addresses instead, such as 10.0.0.0/8.");
        }

        if (!string.IsNullOrWhiteSpace(app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.Proxies))
        {
            app.UseForwardedHeaders();
        }
    }

    /// <returns>Null when one of them is neither an address nor a network.</returns>
    public static IReadOnlyList<System.Net.IPNetwork>? Of(string? text)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var part in (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }

        return networks;
    }
}
