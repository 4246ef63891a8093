using System.Collections.Immutable;
using Classroom.Silo.Operator;
using Classroom.Tutor;
using Classroom.Tutor.Audit;
using Microsoft.Extensions.Configuration;

namespace Classroom.Silo.Tests;

/// <summary>Where a process may connect while an audit watches it: what its settings name, in every way that they may be written.</summary>
public sealed class AuditPlacesTests
{
    [Fact]
    public void Every_place_of_the_settings_is_named_with_its_port()
    {
        var places = Of(
            ("ConnectionStrings:Postgres", "Host=first.lan,second.lan:6000;Port=5433;Username=u"), ("Keys:Postgres", "Host=keys.lan"),
            ("ConnectionStrings:Redis", "one.lan:6380,two.lan,10.0.0.7:6381"), ("Telemetry:Otlp", "http://collector.lan:4317"), ("Oidc:Authority", "https://id.lan/realm"));
        foreach (var (role, host, port) in new[]
        {
            ("database", "first.lan", 5433), ("database", "second.lan", 6000), ("keys", "keys.lan", 5432), ("redis", "one.lan", 6380), ("redis", "two.lan", 6379),
            ("redis", "10.0.0.7", 6381), ("telemetry", "collector.lan", 4317), ("sign-in", "id.lan", 443),
        })
        {
            places.ShouldContain(new AllowedPlace(role, host, port));
        }

        places.ShouldContain(p => p.Host == "model.lan" && p.Port == 8443);
    }

    [Fact]
    public void What_the_settings_do_not_name_is_no_place() => Of().Select(p => p.Role).Distinct().ShouldBe(["provider", "server"], ignoreOrder: true);

    [Fact]
    public void What_the_sign_in_publishes_is_a_place_once_and_what_is_no_address_is_none() =>
        AuditPlaces.Of(["https://id.lan/keys", "https://id.lan/token", "http://id.lan:8080/who", "", "keys"]).ShouldBe([new("sign-in", "id.lan", 443), new("sign-in", "id.lan", 8080)]);

    private static ImmutableArray<AllowedPlace> Of(params (string Name, string Value)[] settings) => AuditPlaces.Of(
        new ModelOptions { Endpoint = "https://model.lan:8443/v1", Model = "m" },
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build(), []);
}
