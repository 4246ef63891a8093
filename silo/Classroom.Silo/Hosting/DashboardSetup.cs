using Classroom.Silo.Auth;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace Classroom.Silo.Hosting;

/// <summary>Orleans' dashboard: which grains are where, how often they are called and how long they take. On the program's own port, for an admin alone.</summary>
public static class DashboardSetup
{
    public const string Path = "/operator/orleans";

    // A grain holds what children wrote, which an admin does not see; a log is the operator's.
    private static readonly string[] Withheld = ["/GrainState", "/Trace"];

    public static void MapOrtaqDashboard(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SiloOptions>>().Value.Dashboard)
        {
            IEndpointConventionBuilder all = app.MapOrleansDashboard(Path).RequireAuthorization(Policies.Admin);
            all.Finally(endpoint =>
            {
                if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && Withheld.Any(w => route.EndsWith(w, StringComparison.OrdinalIgnoreCase)))
                {
                    endpoint.RequestDelegate = NotFound;
                }
            });
        }
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
