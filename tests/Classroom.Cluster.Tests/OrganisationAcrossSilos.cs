using Npgsql;

namespace Classroom.Cluster.Tests;

/// <summary>A sign-in through the organisation that begins at one silo and ends at another: nothing of it is in one process's memory.</summary>
public sealed class OrganisationAcrossSilos
{
    [Fact]
    public async Task A_sign_in_begins_at_one_silo_ends_at_another_and_signs_out_at_a_third()
    {
        await using var provider = await OidcServer.StartAsync();
        await using var cluster = await SiloCluster.StartAsync(3, provider.Settings);
        var (first, second, third) = (cluster.Silos[0].Url, cluster.Silos[1].Url, cluster.Silos[2].Url);
        using var visitor = new Visitor(first);

        // The registered address stays the first's; who answers there is the second, as a proxy would send it.
        var end = await visitor.SignInAsync(change: uri => uri.AbsolutePath == "/oidc/callback" ? new Uri(second + uri.PathAndQuery) : uri);
        end.ShouldBe("/teach", string.Join('\n', cluster.Silos[1].Failures));
        visitor.Walked.ShouldContain(uri => uri.ToString().StartsWith(second + "/oidc/callback", StringComparison.Ordinal));
        visitor.Url = third;
        (await visitor.RoleAsync()).ShouldBe("teacher");
        (await visitor.SignOutAsync())!.ShouldContain("id_token_hint");
        visitor.Url = first;
        (await visitor.RoleAsync()).ShouldBe("anonymous");
    }

    [Fact]
    public async Task Who_comes_to_several_silos_at_one_moment_has_one_account()
    {
        await using var provider = await OidcServer.StartAsync();
        await using var cluster = await SiloCluster.StartAsync(2, provider.Settings);
        provider.Person = new OidcPerson("7007", "Сәуле", ["mentors"]);
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var visitor = new Visitor(cluster.Silos[number % 2].Url);
            (await visitor.SignInAsync()).ShouldBe("/mentor");
            return (await visitor.AskAsync())["id"]!.GetValue<Guid>();
        }));
        ids.Distinct().Count().ShouldBe(1);
        await using var connection = new NpgsqlConnection(cluster.Database);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("select count(*) from accounts where \"UserName\" like 'oidc-%'", connection);
        (await count.ExecuteScalarAsync()).ShouldBe(1L);
        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }
}
