using System.CommandLine;
using System.Globalization;
using Classroom.Tutor.Report;

// dotnet run --project tests/Classroom.Tutor.Report -- --endpoint http://10.0.0.5:8000/v1 --model name [--api-key-from ENV] [--out folder]
var endpoint = new Option<string>("--endpoint") { Description = "Address of an OpenAI-compatible server, e.g. http://10.0.0.5:8000/v1", Required = true };
var model = new Option<string>("--model") { Description = "The model's name there", Required = true };
var key = new Option<string?>("--api-key-from") { Description = "Name of the environment variable that holds the key" };
var azure = new Option<bool>("--azure") { Description = "Send the key as Azure wants it (api-key)" };
var folder = new Option<string>("--out") { Description = "Where report.html and report.json go", DefaultValueFactory = _ => "tutor-report" };
var price = new Option<double>("--price") { Description = "Price of a million tokens, for the cost line; 0: unknown" };
var root = new RootCommand("Asks a model a golden set of questions through the tutor as it ships, and says how fit it is for a class.")
{
    endpoint, model, key, azure, folder, price,
};
root.SetAction(async (arguments, cancellationToken) =>
{
    var options = new ModelOptions
    {
        Endpoint = arguments.GetRequiredValue(endpoint), Model = arguments.GetRequiredValue(model), ApiKeyHeader = arguments.GetValue(azure),
        ApiKey = arguments.GetValue(key) is { } name ? Environment.GetEnvironmentVariable(name) : null, FirstTokenWithin = TimeSpan.FromSeconds(30),
    };
    if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
    {
        await Console.Error.WriteLineAsync("--endpoint is not an http address.");
        return 2;
    }

    var results = await new Run(options).AllAsync(GoldenSet.Cases, Console.Out, cancellationToken);
    var report = QualityReport.Of(results, options, arguments.GetValue(price));
    await report.WriteAsync(arguments.GetRequiredValue(folder), cancellationToken);
    await Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{report.Checks.Count(c => c.Passed)} of {report.Checks.Length} checks passed, {results.Length} cases: {Path.GetFullPath(arguments.GetRequiredValue(folder))}"));
    return report.IsFit ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
