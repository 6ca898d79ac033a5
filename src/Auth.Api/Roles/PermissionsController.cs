using Auth.Domain.Roles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Roles;

/// <summary>The permissions that this service itself checks.</summary>
[ApiController]
[Route("api/permissions")]
[Tags("Roles")]
public sealed class PermissionsController : ControllerBase
{
    /// <summary>Lists the permissions of this service</summary>
    /// <remarks>Roles may also have permissions of applications, which are not listed here.</remarks>
    /// <response code="200">The permissions.</response>
    [HttpGet]
    [Authorize(Permissions.RolesRead)]
    [ProducesResponseType<IReadOnlyList<PermissionResponse>>(StatusCodes.Status200OK)]
    public IActionResult List() =>
        Ok(Permissions.All.Select(permission => new PermissionResponse(permission.Key, permission.Value)));
}
