using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>Binds a section to its class, and tells in one sentence what of it cannot be bound.</summary>
public static partial class Settings
{
    /// <summary>Registers the section's class; it is bound and validated at the start, before anything is opened.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section) where T : class =>
        services.AddOptions<T>().Configure<IConfiguration>((o, c) => Bind(c.GetSection(section), o)).ValidateOnStart();

    /// <summary>For what must know a section before there are services.</summary>
    public static T Read<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = new T();
        Bind(configuration.GetSection(section), options);
        return options;
    }

    private static void Bind(IConfigurationSection section, object options)
    {
        try
        {
            section.Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingException(Sentence(section, e.Message), e);
        }
    }

    // The binder names a value that it cannot convert by its path, and an unknown key by its last part.
    private static string Sentence(IConfigurationSection section, string message)
    {
        if (Converted().Match(message) is { Success: true } value)
        {
            return $"{value.Groups["path"].Value} is \"{value.Groups["value"].Value}\", which is no {NameOf(value.Groups["type"].Value)}.";
        }

        var key = Unknown().Match(message).Groups["key"].Value;
        var path = section.AsEnumerable().Select(s => s.Key).FirstOrDefault(k => k.EndsWith(":" + key, StringComparison.OrdinalIgnoreCase));
        return path is null ? $"{section.Path}: {message}" : $"{path} is not a setting of this program; look for a typing error.";
    }

    private static string NameOf(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "whole number",
        "System.Double" => "number",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "time span such as 00:00:08",
        "System.DateOnly" => "date such as 2026-09-01",
        _ => type,
    };

    [GeneratedRegex("value '(?<value>[^']*)' at '(?<path>[^']+)' to type '(?<type>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Converted();

    [GeneratedRegex("properties were not found on the instance of [^ ]+: '(?<key>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unknown();
}
