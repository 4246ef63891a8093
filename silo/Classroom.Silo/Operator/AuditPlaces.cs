using System.Net;
using Classroom.Silo.Hosting;
using Classroom.Tutor;
using Classroom.Tutor.Audit;
using Npgsql;
using Orleans.Runtime;

namespace Classroom.Silo.Operator;

/// <summary>Where this process may connect while an audit runs, as its settings say: providers, databases, Redis, its own cluster, telemetry and sign-in.</summary>
internal static class AuditPlaces
{
    // A name alone: it stands for no address.
    private const int NoPort = 0;
    private const int Postgres = 5432;
    private const int Redis = 6379;

    private static readonly ImmutableArray<string> Telemetry =
        ["Telemetry:Otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    public static ImmutableArray<AllowedPlace> Of(ModelOptions model, IConfiguration configuration, IEnumerable<SiloAddress> silos) =>
    [
        .. AllowedPlace.Of(model),
        .. DatabaseOf("database", configuration.GetConnectionString("Postgres")),
        .. DatabaseOf("keys", configuration["Keys:Postgres"]),
        .. RedisOf(configuration.GetConnectionString("Redis")),
        .. silos.Select(s => new AllowedPlace("server", s.Endpoint.Address.ToString(), s.Endpoint.Port)),
        new AllowedPlace("server", Dns.GetHostName(), NoPort),
        .. Telemetry.SelectMany(name => UrlOf("telemetry", configuration[name])),
        .. UrlOf("sign-in", configuration["Oidc:Authority"]),
    ];

    /// <summary>Addresses that the organisation's sign-in publishes of itself.</summary>
    public static ImmutableArray<AllowedPlace> Of(IEnumerable<string> signIn) => [.. signIn.SelectMany(a => UrlOf("sign-in", a)).Distinct()];

    private static IEnumerable<AllowedPlace> DatabaseOf(string role, string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            return [];
        }

        var settings = new NpgsqlConnectionStringBuilder(connection);
        return (settings.Host ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(h => PlaceOf(role, h, settings.Port > 0 ? settings.Port : Postgres));
    }

    private static IEnumerable<AllowedPlace> RedisOf(string? connection) => string.IsNullOrWhiteSpace(connection) ? []
        : OrleansSetup.RedisOf(connection).EndPoints.Select(e => e switch
        {
            DnsEndPoint dns => new AllowedPlace("redis", dns.Host, dns.Port > 0 ? dns.Port : Redis),
            IPEndPoint ip => new AllowedPlace("redis", ip.Address.ToString(), ip.Port > 0 ? ip.Port : Redis),
            _ => null,
        }).OfType<AllowedPlace>();

    private static IEnumerable<AllowedPlace> UrlOf(string role, string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? [new AllowedPlace(role, uri.Host, uri.Port)] : [];

    private static AllowedPlace PlaceOf(string role, string host, int port) =>
        host.Split(':') is [var name, var own] && int.TryParse(own, System.Globalization.CultureInfo.InvariantCulture, out var number) ? new(role, name, number) : new(role, host, port);
}
