using Classroom.Silo.Auth;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace Classroom.Silo.Hosting;

/// <summary>Orleans' dashboard: which grains are where, how often they are called and how long they take. On the program's own port, for an admin alone.</summary>
public static class DashboardSetup
{
    public const string Path = "/operator/orleans";

    public static void MapOrtaqDashboard(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SiloOptions>>().Value.Dashboard)
        {
            app.MapOrleansDashboard(Path).RequireAuthorization(Policies.Admin);
        }
    }
}
