using Classroom.Tutor;

namespace Classroom.Silo.Operator;

/// <summary>The configured providers and what they take.</summary>
public static class Prices
{
    /// <summary>Id (as of <see cref="ProviderStatus"/>) and settings of each, in their order; none without a model.</summary>
    public static IEnumerable<(string Id, ProviderOptions Settings)> Providers(ModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var all = !options.IsConfigured ? [] : options.Second.IsConfigured ? new[] { options, options.Second } : [options];
        return all.Select((p, i) => (ProviderStatus.IdOf(i + 1, p), p));
    }

    /// <returns>Null: no such provider is configured, or no price is.</returns>
    public static PriceOptions? Of(ModelOptions options, string provider) =>
        Providers(options).FirstOrDefault(p => p.Id == provider).Settings?.Price is { IsSet: true } price ? price : null;
}
